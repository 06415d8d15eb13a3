/** The training class (培训班) from filing to close. */
@NullMarked
package org.skillvoucher.domain.trainingclass;

import org.jspecify.annotations.NullMarked;
