package org.skillvoucher.gateway.journal.snapshot;

/**
 * The state of an event-sourced actor and the number of events it results from. A revision that
 * differs from the journal's sequence number means a gap in the journal, which recovery does not
 * detect otherwise.
 *
 * @param revision events applied so far, 0 before the first
 * @param state the result of these events
 */
public record Versioned<S>(long revision, S state) {
  public Versioned {
    if (revision < 0) {
      throw new IllegalArgumentException("revision below zero: " + revision);
    }
  }

  /** The state after the next event. */
  public Versioned<S> next(S nextState) {
    return new Versioned<>(revision + 1, nextState);
  }
}
