/** Evidence: the attendance of a closed class, content-hashed, for a subsidy claim (R42). */
@NullMarked
package org.skillvoucher.domain.evidence;

import org.jspecify.annotations.NullMarked;
