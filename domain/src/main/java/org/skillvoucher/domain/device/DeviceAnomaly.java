package org.skillvoucher.domain.device;

/** What a class keeps of a device whose statements do not fit. */
public enum DeviceAnomaly {
  /** Statements before this one are missing. */
  GAP,
  /** It signed another statement with the same counter, or broke its chain. */
  FORK,
  /** It was tapped faster than people can. */
  TAP_RATE
}
