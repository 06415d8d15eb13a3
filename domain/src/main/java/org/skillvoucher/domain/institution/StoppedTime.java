package org.skillvoucher.domain.institution;

import java.time.Instant;

/**
 * A time in which an institution could not train, and which is over (停训期间): what was tapped in it
 * does not count, though it may arrive afterwards.
 *
 * @param from inclusive
 * @param until exclusive
 */
public record StoppedTime(Instant from, Instant until) {
  public boolean holds(Instant time) {
    return !time.isBefore(from) && time.isBefore(until);
  }
}
