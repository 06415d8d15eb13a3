@NullMarked
package org.skillvoucher.gateway.person;

import org.jspecify.annotations.NullMarked;
