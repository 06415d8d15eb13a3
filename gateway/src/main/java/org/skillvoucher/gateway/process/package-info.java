/** Process managers: they follow the journal and send commands between entities, at least once. */
@NullMarked
package org.skillvoucher.gateway.process;

import org.jspecify.annotations.NullMarked;
