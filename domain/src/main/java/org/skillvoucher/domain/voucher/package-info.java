/** The training voucher (职业培训券) from issue to completion. */
@NullMarked
package org.skillvoucher.domain.voucher;

import org.jspecify.annotations.NullMarked;
