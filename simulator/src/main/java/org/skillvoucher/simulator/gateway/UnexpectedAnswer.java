package org.skillvoucher.simulator.gateway;

/** The run cannot go on: an answer on which the rest depends is not the expected one. */
public final class UnexpectedAnswer extends RuntimeException {
  public UnexpectedAnswer(String message) {
    super(message);
  }

  public UnexpectedAnswer(String message, Throwable cause) {
    super(message, cause);
  }
}
