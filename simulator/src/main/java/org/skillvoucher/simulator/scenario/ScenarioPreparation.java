package org.skillvoucher.simulator.scenario;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.simulator.desk.ClassDesk;
import org.skillvoucher.simulator.device.DeviceDesk;
import org.skillvoucher.simulator.gateway.ConcurrentCalls;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.keys.DeviceKey;
import org.skillvoucher.simulator.scenario.ScenarioEnvironment.ClassOnFile;
import org.skillvoucher.simulator.wire.Json;

/**
 * The fixture: institution, sites, devices, classes and vouchers, registered before the first tap.
 */
final class ScenarioPreparation {
  private final ScenarioEnvironment environment;
  private final GatewayClient gateway;
  private final Scenario scenario;
  private final ClassDesk classDesk;

  /**
   * @param filing a sample of a filing, of which each class's differs in its title only
   */
  ScenarioPreparation(ScenarioEnvironment environment, ObjectNode filing) {
    this.environment = environment;
    this.gateway = environment.gateway();
    this.scenario = environment.plan().scenario();
    classDesk = new ClassDesk(gateway, filing, scenario.region());
  }

  /** Sites and devices; the devices in the order of their numbers. */
  List<Kiosk> kiosks() {
    String institution = classDesk.institution();
    DeviceDesk desk = new DeviceDesk(gateway, institution);
    desk.admit(scenario.region(), "城南职业培训学校", 2026);
    for (int site = 0; site < scenario.sites().count(); site++) {
      putSite(institution, site);
    }
    return ConcurrentCalls.together(
        IntStream.range(0, scenario.sites().devicesInAll()).boxed().toList(),
        number -> kiosk(desk, number));
  }

  private void putSite(String institution, int site) {
    ObjectNode body =
        Json.object()
            .put("siteId", siteId(site))
            .put("name", "实训点" + (site + 1))
            .put("address", "滨河路" + (site + 1) + "号");
    ArrayNode rooms = body.putArray("rooms");
    for (int room = 0; room < scenario.sites().devices(); room++) {
      rooms.addObject().put("roomId", roomId(room)).put("name", "教室" + (room + 1));
    }
    gateway.act(Role.INSTITUTION, "/v1/institutions/" + institution + "/sites", body);
  }

  private static String siteId(int site) {
    return "S" + (site + 1);
  }

  private static String roomId(int room) {
    return "R" + (room + 1);
  }

  private Kiosk kiosk(DeviceDesk desk, int number) {
    int each = scenario.sites().devices();
    List<DeviceSuite> suites = scenario.sites().suites();
    DeviceKey key =
        DeviceKey.of(suites.get(number % suites.size()), scenario.seed() + "/device/" + number);
    DeviceDesk.Room room = new DeviceDesk.Room(siteId(number / each), roomId(number % each));
    DeviceDesk.Enrolled enrolled = desk.enrol(desk.invite(room, "签到机" + (number + 1)), key);
    return new Kiosk(number, enrolled.device(), enrolled.token());
  }

  /** The classes in the order of their numbers, all open. */
  List<ClassOnFile> classes() {
    return ConcurrentCalls.together(
        IntStream.range(0, scenario.classes().count()).boxed().toList(), this::play);
  }

  private ClassOnFile play(int number) {
    ClassDesk.Opened opened =
        classDesk.open(
            "养老护理员（五级）第" + (number + 1) + "班",
            environment.plan().peopleOf(number),
            environment.plan().lessons(),
            environment.clock().now());
    return new ClassOnFile(number, opened.id(), opened.pseudonyms());
  }
}
