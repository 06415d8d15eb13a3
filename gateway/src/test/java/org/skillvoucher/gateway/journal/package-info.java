@NullMarked
package org.skillvoucher.gateway.journal;

import org.jspecify.annotations.NullMarked;
