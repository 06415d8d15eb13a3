/** The evidence (补贴凭证, R42) of closed classes, written to the forwarder's outbox. */
@NullMarked
package org.skillvoucher.gateway.evidence;

import org.jspecify.annotations.NullMarked;
