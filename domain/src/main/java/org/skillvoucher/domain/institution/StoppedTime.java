package org.skillvoucher.domain.institution;

import java.time.Instant;

/**
 * A past period in which an institution was suspended (停训期间): taps within it do not count, also
 * when they arrive afterwards.
 *
 * @param from inclusive
 * @param until exclusive
 */
public record StoppedTime(Instant from, Instant until) {
  public boolean holds(Instant time) {
    return !time.isBefore(from) && time.isBefore(until);
  }
}
