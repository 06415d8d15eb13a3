package org.skillvoucher.simulator.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.gateway.HttpAnswer;
import org.skillvoucher.simulator.gateway.HttpCall;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.keys.DeviceKey;
import org.skillvoucher.simulator.wire.Json;

/** Admits an institution, registers its sites and enrols its devices. */
public final class DeviceDesk {
  private final GatewayClient gateway;
  private final String path;
  private final String creditCode;

  /** For the institution with this credit code (统一社会信用代码). */
  public DeviceDesk(GatewayClient gateway, String creditCode) {
    this.gateway = gateway;
    this.creditCode = creditCode;
    path = "/v1/institutions/" + creditCode;
  }

  /** Where a device is installed. */
  public record Room(String site, String room) {}

  /** An enrolment code (注册码), which the institution gives to the installer of the device. */
  public record Invitation(String device, String code) {
    @Override
    public String toString() {
      return "Invitation of " + device;
    }
  }

  /** A device with the token it got for its code. */
  public record Enrolled(Device device, String token) {
    @Override
    public String toString() {
      return "Enrolled " + device.name();
    }
  }

  public JsonNode admit(String region, String name, int edition) {
    return gateway.act(
        Role.ISSUING_AUTHORITY,
        "/v1/institutions",
        Json.object()
            .put("creditCode", creditCode)
            .put("region", region)
            .put("name", name)
            .put("qualification", "民办学校办学许可证")
            .put("edition", edition));
  }

  public JsonNode putSite(Room room, String name, String address) {
    ObjectNode site =
        Json.object().put("siteId", room.site()).put("name", name).put("address", address);
    site.putArray("rooms").addObject().put("roomId", room.room()).put("name", name);
    return gateway.act(Role.INSTITUTION, path + "/sites", site);
  }

  public Invitation invite(Room room, String label) {
    JsonNode invited =
        gateway.act(
            Role.INSTITUTION,
            path + "/devices",
            Json.object().put("siteId", room.site()).put("roomId", room.room()).put("name", label));
    return new Invitation(Json.text(invited, "device"), Json.text(invited, "enrolmentCode"));
  }

  /** The device shows its code and its public key. */
  public HttpAnswer tryToEnrol(Invitation invitation, DeviceKey key) {
    return gateway
        .http()
        .send(
            HttpCall.post(
                    gateway.ready().api() + "/v1/enrolments",
                    Json.object()
                        .put("device", invitation.device())
                        .put("publicKey", key.publicKey()))
                .with("Authorization", "Bearer " + invitation.code())
                .with("Idempotency-Key", gateway.newKey()));
  }

  public Enrolled enrol(Invitation invitation, DeviceKey key) {
    JsonNode enrolled = GatewayClient.must("enrolling a device", tryToEnrol(invitation, key));
    return new Enrolled(new Device(invitation.device(), key, 1), Json.text(enrolled, "token"));
  }
}
