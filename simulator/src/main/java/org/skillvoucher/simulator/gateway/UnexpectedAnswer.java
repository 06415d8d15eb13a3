package org.skillvoucher.simulator.gateway;

/** The story cannot go on: an answer on which the rest depends was not what it must be. */
public final class UnexpectedAnswer extends RuntimeException {
  public UnexpectedAnswer(String message) {
    super(message);
  }

  public UnexpectedAnswer(String message, Throwable cause) {
    super(message, cause);
  }
}
