@NullMarked
package org.skillvoucher.gateway.receipt;

import org.jspecify.annotations.NullMarked;
