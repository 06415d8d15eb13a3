/** Snapshots: a shortcut for recovery, never the only copy of anything. */
@NullMarked
package org.skillvoucher.gateway.journal.snapshot;

import org.jspecify.annotations.NullMarked;
