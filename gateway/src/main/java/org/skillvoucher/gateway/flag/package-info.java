/** Flags (预警, R70): a follower of the journal that assesses taps; it never refuses anything. */
@NullMarked
package org.skillvoucher.gateway.flag;

import org.jspecify.annotations.NullMarked;
