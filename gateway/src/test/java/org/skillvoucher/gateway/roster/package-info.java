@NullMarked
package org.skillvoucher.gateway.roster;

import org.jspecify.annotations.NullMarked;
