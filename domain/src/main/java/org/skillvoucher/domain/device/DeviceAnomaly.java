package org.skillvoucher.domain.device;

/** Anomalies of a device's chain of statements, which a class records. */
public enum DeviceAnomaly {
  /** Statements before this one are missing. */
  GAP,
  /** It signed another statement with the same counter, or broke its chain. */
  FORK,
  /** It was tapped faster than people can. */
  TAP_RATE
}
