package org.skillvoucher.simulator.device;

import java.util.Map;
import org.skillvoucher.domain.canonical.CanonicalJson;

/**
 * A signed statement (设备声明) with what was presented.
 *
 * @param counter the device's for this class
 * @param hash base64url of the suite's hash of the canonical bytes
 * @param body presented, statement, signature
 */
public record Statement(String classId, long counter, String hash, Map<String, Object> body) {

  /** The body of {@code POST …/scans}, and an item of a batch: the same bytes each time. */
  public String json() {
    return CanonicalJson.write(body);
  }

  @Override
  public String toString() {
    return "Statement " + counter;
  }
}
