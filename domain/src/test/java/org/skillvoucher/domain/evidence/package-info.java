@NullMarked
package org.skillvoucher.domain.evidence;

import org.jspecify.annotations.NullMarked;
