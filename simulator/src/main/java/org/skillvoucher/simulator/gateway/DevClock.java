package org.skillvoucher.simulator.gateway;

import java.io.IOException;
import java.time.Instant;
import org.skillvoucher.simulator.wire.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway's business clock in dev mode, which goes forward only. */
public final class DevClock {
  private static final Logger LOG = LoggerFactory.getLogger(DevClock.class);

  private final RetryingHttpClient http;
  private final String address;

  public DevClock(RetryingHttpClient http, String management) {
    this.http = http;
    address = management + "/dev/clock";
  }

  public Instant now() {
    return read(http.send(HttpCall.get(address)));
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
    HttpAnswer moved =
        http.send(HttpCall.post(address, Json.object().put("advanceTo", moment.toString())));
    return moved.code().equals("clock_forward_only") ? now() : read(moved);
  }

  /**
   * Asks once, without retry, that the clock be at that moment or later. A lost request does no
   * harm: accelerated time sends the next one a moment later.
   */
  public void nudge(Instant moment) {
    try {
      var unused =
          http.once(HttpCall.post(address, Json.object().put("advanceTo", moment.toString())));
    } catch (IOException e) {
      LOG.debug("the clock did not answer", e);
    }
  }

  private static Instant read(HttpAnswer answer) {
    return Instant.parse(Json.text(GatewayClient.must("the dev clock", answer), "now"));
  }
}
