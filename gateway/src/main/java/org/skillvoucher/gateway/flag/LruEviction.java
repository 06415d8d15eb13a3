package org.skillvoucher.gateway.flag;

import java.util.Iterator;
import java.util.Map;

/** Eviction of the least recently used entries of a map. */
final class LruEviction {
  private LruEviction() {}

  /** Evicts entries above a number. */
  static void trim(Map<?, ?> byLastUse, int most) {
    Iterator<?> eldest = byLastUse.keySet().iterator();
    for (int left = byLastUse.size() - most; left > 0; left--) {
      eldest.next();
      eldest.remove();
    }
  }
}
