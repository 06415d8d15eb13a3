/** Use cases of a scan: online, in offline batches, and by room code. */
@NullMarked
package org.skillvoucher.gateway.scan;

import org.jspecify.annotations.NullMarked;
