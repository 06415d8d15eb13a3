package org.skillvoucher.simulator.history;

/**
 * A history that cannot be read; the message names file and line, and repeats none of their
 * content.
 */
public final class HistoryInvalid extends RuntimeException {
  HistoryInvalid(String message) {
    super(message);
  }
}
