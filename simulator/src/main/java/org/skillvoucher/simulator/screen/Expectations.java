package org.skillvoucher.simulator.screen;

import java.util.ArrayList;
import java.util.List;

/**
 * The ledger of what must hold. Every expectation is written down, held or not, and one that does
 * not hold fails the demo.
 */
public final class Expectations {
  private final Screen screen;
  private final List<String> broken = new ArrayList<>();
  private int checked;

  public Expectations(Screen screen) {
    this.screen = screen;
  }

  /** Two values that must be equal; shown either way. */
  public synchronized boolean equal(String what, Object expected, Object actual) {
    return equal(what, expected, actual, String.valueOf(actual));
  }

  /** As {@link #equal(String, Object, Object)}, showing a better text when it holds. */
  public synchronized boolean equal(String what, Object expected, Object actual, String shown) {
    boolean holds = quietly(what, expected, actual);
    if (holds) {
      screen.held(what, shown);
    }
    return holds;
  }

  /** For what happens hundreds of times: shown only when it does not hold. */
  public synchronized boolean quietly(String what, Object expected, Object actual) {
    checked++;
    if (expected.equals(actual)) {
      return true;
    }
    broken.add(what);
    screen.failed(what, expected.toString(), actual.toString());
    return false;
  }

  public synchronized int checked() {
    return checked;
  }

  /** What did not hold, in order. */
  public synchronized List<String> broken() {
    return List.copyOf(broken);
  }
}
