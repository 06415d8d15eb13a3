package org.skillvoucher.simulator.demo;

/** Nobody answers, or nobody is ready in time: exit code 3. */
final class CannotConnect extends RuntimeException {
  CannotConnect(String message) {
    super(message);
  }

  CannotConnect(String message, Throwable cause) {
    super(message, cause);
  }
}
