/** Receipts R1: building, parsing and verifying, behind a signature port. */
@NullMarked
package org.skillvoucher.domain.receipt;

import org.jspecify.annotations.NullMarked;
