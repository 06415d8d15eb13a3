package org.skillvoucher.simulator.wire;

/** A port on which nothing can listen, usually because another process does. */
public final class PortTaken extends RuntimeException {
  PortTaken(String message, Throwable cause) {
    super(message, cause);
  }
}
