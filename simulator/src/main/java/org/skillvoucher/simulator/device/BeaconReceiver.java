package org.skillvoucher.simulator.device;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.gateway.HttpCall;
import org.skillvoucher.simulator.wire.Json;

/** Fetches time beacons (时间信标) for a device that is online. */
public final class BeaconReceiver {
  private BeaconReceiver() {}

  /**
   * Gives the device the current beacon.
   *
   * @param token the device's own
   */
  public static void receive(GatewayClient gateway, Device device, String token) {
    JsonNode beacon =
        GatewayClient.must(
            "a beacon",
            gateway
                .http()
                .send(
                    HttpCall.get(
                            gateway.ready().api()
                                + "/v1/beacons?device="
                                + device.name()
                                + "&epoch="
                                + device.epoch())
                        .with("Authorization", "Bearer " + token)));
    device.receive(
        new Device.Beacon(
            Json.text(beacon, "beacon"),
            OffsetDateTime.parse(Json.text(beacon, "issuedAt")).toInstant()));
  }
}
