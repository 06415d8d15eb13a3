/** One thin persistent actor per voucher and per class: decide, keep, answer. */
@NullMarked
package org.skillvoucher.gateway.entity;

import org.jspecify.annotations.NullMarked;
