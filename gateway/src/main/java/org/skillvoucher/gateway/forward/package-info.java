/** The outbox: evidence is delivered to the downstream system at least once. */
@NullMarked
package org.skillvoucher.gateway.forward;

import org.jspecify.annotations.NullMarked;
