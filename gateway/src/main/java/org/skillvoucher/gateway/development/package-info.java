/**
 * What exists in start-dev only: embedded PostgreSQL, a clock that can be moved, demo credentials.
 */
@NullMarked
package org.skillvoucher.gateway.development;

import org.jspecify.annotations.NullMarked;
