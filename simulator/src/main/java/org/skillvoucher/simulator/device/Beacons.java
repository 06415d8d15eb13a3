package org.skillvoucher.simulator.device;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import org.skillvoucher.simulator.gateway.Call;
import org.skillvoucher.simulator.gateway.Gateway;
import org.skillvoucher.simulator.wire.Json;

/** Time beacons (时间信标), as a device with a line hears them. */
public final class Beacons {
  private Beacons() {}

  /**
   * Lets the device hear one.
   *
   * @param token the device's own
   */
  public static void hear(Gateway gateway, Device device, String token) {
    JsonNode beacon =
        Gateway.must(
            "a beacon",
            gateway
                .http()
                .send(
                    Call.get(
                            gateway.ready().api()
                                + "/v1/beacons?device="
                                + device.name()
                                + "&epoch="
                                + device.epoch())
                        .with("Authorization", "Bearer " + token)));
    device.hears(
        new Device.Beacon(
            Json.text(beacon, "beacon"),
            OffsetDateTime.parse(Json.text(beacon, "issuedAt")).toInstant()));
  }
}
