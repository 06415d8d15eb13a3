/** The receipt key: sealing, and verifying offline. */
@NullMarked
package org.skillvoucher.gateway.receipt;

import org.jspecify.annotations.NullMarked;
