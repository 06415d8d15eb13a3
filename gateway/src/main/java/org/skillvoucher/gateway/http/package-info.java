/**
 * The HTTP kernel: the request pipeline, reading bodies, problems (RFC 9457). It knows no resource.
 */
@NullMarked
package org.skillvoucher.gateway.http;

import org.jspecify.annotations.NullMarked;
