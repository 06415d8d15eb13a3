package org.skillvoucher.gateway.journal.snapshot;

/**
 * What an actor keeps: the state, and how many events it took to get there. A revision that differs
 * from the journal's sequence number means that the journal has a hole, which recovery otherwise
 * passes over in silence.
 *
 * @param revision events applied so far, 0 before the first
 * @param state what they add up to
 */
public record Versioned<S>(long revision, S state) {
  public Versioned {
    if (revision < 0) {
      throw new IllegalArgumentException("revision below zero: " + revision);
    }
  }

  /** The state one event later. */
  public Versioned<S> next(S nextState) {
    return new Versioned<>(revision + 1, nextState);
  }
}
