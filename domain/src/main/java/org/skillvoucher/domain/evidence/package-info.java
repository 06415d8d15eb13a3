/** Evidence: what a closed class's attendance says, content-hashed, for a subsidy claim (R42). */
@NullMarked
package org.skillvoucher.domain.evidence;

import org.jspecify.annotations.NullMarked;
