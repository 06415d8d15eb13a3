package org.skillvoucher.gateway.projection;

/** A cursor that no page of this list has given. */
public final class InvalidCursor extends IllegalArgumentException {
  InvalidCursor() {
    super("not a cursor of this list");
  }
}
