package org.skillvoucher.simulator.gateway;

import java.time.Instant;
import org.skillvoucher.simulator.wire.Json;

/** The gateway's business clock in dev mode, which goes forward only. */
public final class DevClock {
  private final Http http;
  private final String address;

  public DevClock(Http http, String management) {
    this.http = http;
    address = management + "/dev/clock";
  }

  public Instant now() {
    return read(http.send(Call.get(address)));
  }

  /**
   * Moves the clock to that moment, or leaves it where it is when that has passed, which it may
   * also do on its own in the meantime. Any number of threads may move it.
   */
  public synchronized Instant advanceTo(Instant moment) {
    Instant now = now();
    if (!moment.isAfter(now)) {
      return now;
    }
    Answer moved = http.send(Call.post(address, Json.object().put("advanceTo", moment.toString())));
    return moved.code().equals("clock_forward_only") ? now() : read(moved);
  }

  private static Instant read(Answer answer) {
    return Instant.parse(Json.text(Gateway.must("the dev clock", answer), "now"));
  }
}
