package org.skillvoucher.simulator.demo;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.simulator.device.DeviceDesk;
import org.skillvoucher.simulator.gateway.HttpAnswer;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.gateway.Secrets;
import org.skillvoucher.simulator.keys.DeviceKey;
import org.skillvoucher.simulator.wire.Json;

/** The institution's way into the directory, and its devices' to a key that is known. */
final class Fleet {
  private static final DeviceDesk.Room ROOM = new DeviceDesk.Room("S1", "R201");

  /** The tablets at the door; browsers have no SM2. */
  private static final List<DeviceSuite> SUITES =
      List.of(DeviceSuite.SM2, DeviceSuite.SM2, DeviceSuite.ED25519, DeviceSuite.P256);

  private final DemoEnvironment environment;
  private final DeviceDesk desk;

  Fleet(DemoEnvironment environment) {
    this.environment = environment;
    desk =
        new DeviceDesk(
            environment.gateway(), Json.text(environment.sample().filing(), "institution"));
  }

  List<DeviceDesk.Enrolled> enrol() {
    String itself = "/v1/institutions/" + Json.text(environment.sample().filing(), "institution");
    if (environment.gateway().get(Role.ISSUING_AUTHORITY, itself).status() == 404) {
      environment
          .expect()
          .equal(
              "an institution outside the directory (目录) cannot file a class",
              "403 institution_not_admitted",
              environment
                  .gateway()
                  .post(Role.INSTITUTION, "/v1/classes", environment.sample().filing())
                  .verdict());
    }
    // With --keep it is there from an earlier run, and admitting it again changes nothing.
    var admitted = desk.admit(Json.text(environment.sample().filing(), "region"), "滨河职业培训学校", 2026);
    environment
        .expect()
        .equal("the authority admits it", "admitted", admitted.path("state").asText());
    desk.putSite(ROOM, "实训中心 201 教室", "滨河路12号");
    List<DeviceDesk.Enrolled> enrolled = new ArrayList<>();
    for (DeviceSuite suite : SUITES) {
      enrolled.add(enrol(suite, enrolled.size() + 1));
    }
    environment
        .expect()
        .equal("devices (签到设备) with keys of their own: SM2, Ed25519, P-256", 4, enrolled.size());
    return enrolled;
  }

  private DeviceDesk.Enrolled enrol(DeviceSuite suite, int number) {
    DeviceKey key = DeviceKey.of(suite, seed());
    DeviceDesk.Invitation invitation = desk.invite(ROOM, "door " + number);
    DeviceDesk.Enrolled enrolled = desk.enrol(invitation, key);
    if (number == 1) {
      HttpAnswer again = desk.tryToEnrol(invitation, DeviceKey.of(suite, seed()));
      environment
          .expect()
          .equal(
              "an enrolment code (注册码) used again for another key",
              "409 enrolment_code_used",
              again.verdict());
    }
    return enrolled;
  }

  private static String seed() {
    return Secrets.hex(new SecureRandom(), 32);
  }
}
