/** Persistent actors, one per voucher, class and institution: decide, persist, reply. */
@NullMarked
package org.skillvoucher.gateway.entity;

import org.jspecify.annotations.NullMarked;
