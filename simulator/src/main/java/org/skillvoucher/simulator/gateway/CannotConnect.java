package org.skillvoucher.simulator.gateway;

/** Nobody answers, or nobody is ready in time: exit code 3. */
public final class CannotConnect extends RuntimeException {
  public CannotConnect(String message) {
    super(message);
  }

  public CannotConnect(String message, Throwable cause) {
    super(message, cause);
  }
}
