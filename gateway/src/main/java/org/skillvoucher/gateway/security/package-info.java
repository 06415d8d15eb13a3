/**
 * Callers and what each may do: bearer tokens, roles, scopes, idempotency keys, the deployment key.
 */
@NullMarked
package org.skillvoucher.gateway.security;

import org.jspecify.annotations.NullMarked;
