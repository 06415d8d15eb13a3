/** Issuing vouchers to lists of people. A use case: it knows entities and people, and no HTTP. */
@NullMarked
package org.skillvoucher.gateway.voucher;

import org.jspecify.annotations.NullMarked;
