package org.skillvoucher.gateway.projection;

/** A cursor that no page of this list has given. */
public final class BadCursor extends IllegalArgumentException {
  BadCursor() {
    super("not a cursor of this list");
  }
}
