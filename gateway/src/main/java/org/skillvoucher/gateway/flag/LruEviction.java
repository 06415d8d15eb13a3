package org.skillvoucher.gateway.flag;

import java.util.Iterator;
import java.util.Map;

/** Maps in the order of their last use, of which the oldest are forgotten. */
final class LruEviction {
  private LruEviction() {}

  /** Leaves so many. */
  static void trim(Map<?, ?> byLastUse, int most) {
    Iterator<?> eldest = byLastUse.keySet().iterator();
    for (int left = byLastUse.size() - most; left > 0; left--) {
      eldest.next();
      eldest.remove();
    }
  }
}
