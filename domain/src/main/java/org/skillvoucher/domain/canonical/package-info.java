/** Canonical JSON (RFC 8785): the bytes that are hashed and signed. */
@NullMarked
package org.skillvoucher.domain.canonical;

import org.jspecify.annotations.NullMarked;
