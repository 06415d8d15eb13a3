/** The wire profile {@code gm}: SM4-GCM envelopes and HMAC-SM3 signatures. */
@NullMarked
package org.skillvoucher.gateway.cardplatform.gm;

import org.jspecify.annotations.NullMarked;
