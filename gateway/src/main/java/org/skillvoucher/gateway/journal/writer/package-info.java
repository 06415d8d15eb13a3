/** Writing the journal: group commit on dedicated connections, with a bounded queue. */
@NullMarked
package org.skillvoucher.gateway.journal.writer;

import org.jspecify.annotations.NullMarked;
