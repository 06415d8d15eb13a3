@NullMarked
package org.skillvoucher.domain.receipt;

import org.jspecify.annotations.NullMarked;
