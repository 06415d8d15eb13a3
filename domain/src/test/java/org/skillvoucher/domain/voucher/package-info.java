@NullMarked
package org.skillvoucher.domain.voucher;

import org.jspecify.annotations.NullMarked;
