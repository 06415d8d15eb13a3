package org.skillvoucher.simulator.gateway;

/** The gateway does not answer, or is not ready in time: exit code 3. */
public final class CannotConnect extends RuntimeException {
  public CannotConnect(String message) {
    super(message);
  }

  public CannotConnect(String message, Throwable cause) {
    super(message, cause);
  }
}
