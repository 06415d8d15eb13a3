package org.skillvoucher.gateway.scan;

/** What is wrong with a device or its signature. */
public enum DeviceFault {
  NOT_TRUSTED,
  ELSEWHERE,
  SIGNATURE_INVALID,
  SUITE_MISMATCH
}
