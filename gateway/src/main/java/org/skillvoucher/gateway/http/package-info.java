/**
 * The HTTP kernel: the request pipeline with load shedding, authentication and idempotency, reading
 * bodies, problems (RFC 9457). It knows no resource.
 */
@NullMarked
package org.skillvoucher.gateway.http;

import org.jspecify.annotations.NullMarked;
