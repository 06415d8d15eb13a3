/** Events as rows of the journal: their names, and their JSON. */
@NullMarked
package org.skillvoucher.gateway.journal.event;

import org.jspecify.annotations.NullMarked;
