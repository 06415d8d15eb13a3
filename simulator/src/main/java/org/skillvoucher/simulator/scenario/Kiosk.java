package org.skillvoucher.simulator.scenario;

import java.util.ArrayList;
import java.util.List;
import org.skillvoucher.simulator.device.Device;

/** A device of the scenario with its token and the taps it has signed statements of. */
final class Kiosk {
  private final int number;
  private final Device device;
  private final String token;
  private final List<Plan.Tap> made = new ArrayList<>();

  Kiosk(int number, Device device, String token) {
    this.number = number;
    this.device = device;
    this.token = token;
  }

  int number() {
    return number;
  }

  Device device() {
    return device;
  }

  String token() {
    return token;
  }

  void add(Plan.Tap tap) {
    made.add(tap);
  }

  /** Every tap it made a statement of, in the order of its counters. */
  List<Plan.Tap> made() {
    return List.copyOf(made);
  }

  @Override
  public String toString() {
    return "Kiosk " + number;
  }
}
