package org.skillvoucher.simulator.load;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.LessonKind;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.simulator.desk.ClassDesk;
import org.skillvoucher.simulator.desk.MadeUpPeople;
import org.skillvoucher.simulator.device.DeviceDesk;
import org.skillvoucher.simulator.gateway.ConcurrentCalls;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.gateway.Secrets;
import org.skillvoucher.simulator.keys.DeviceKey;
import org.skillvoucher.simulator.platform.Card;
import org.skillvoucher.simulator.screen.Progress;
import org.skillvoucher.simulator.wire.Json;

/**
 * Creates what a load needs at the gateway: sites, devices, classes, and people with vouchers.
 * Classes and devices are identified by their numbers.
 */
final class LoadFixture {
  /** Of one institution. */
  private static final int DEVICES_MAX = 900;

  private static final int ROOMS_OF_SITE = 50;
  private static final int CONCURRENT_CALLS = 24;

  private final GatewayClient gateway;
  private final LoadScenario scenario;
  private final ObjectNode filing;
  private final LoadShare share;
  private final String run;

  /**
   * @param filing a sample filing, from which the classes' filings are made
   */
  LoadFixture(GatewayClient gateway, LoadScenario scenario, ObjectNode filing, LoadShare part) {
    this.gateway = gateway;
    this.scenario = scenario;
    this.filing = filing;
    this.share = part;
    // A running gateway may have the sites of an earlier run.
    run = "L" + Secrets.hex(new SecureRandom(), 3);
  }

  /** The people of all classes, those of the first class first. */
  static List<Card> people(LoadScenario scenario) {
    return MadeUpPeople.make(
        scenario.people(), scenario.region(), new SplittableRandom(scenario.seed()));
  }

  /** The numbers of the classes in this process's share. */
  List<Integer> classNumbers() {
    return IntStream.range(0, scenario.classesInAll()).filter(share::includes).boxed().toList();
  }

  /** Devices of all classes; one serves several classes when there are more than the maximum. */
  int deviceCount() {
    return Math.min(classNumbers().size() * scenario.door().devices(), DEVICES_MAX / share.of());
  }

  /** Enrols the devices of the classes and after them one for each offline site. */
  List<DeviceDesk.Enrolled> devices(int offline) {
    DeviceDesk desk = new DeviceDesk(gateway, Json.text(filing, "institution"));
    admit(desk);
    int count = deviceCount() + offline;
    for (int site = 0; site * ROOMS_OF_SITE < count; site++) {
      putSite(site);
    }
    try (Progress progress = Progress.start("devices 设备", count)) {
      return ConcurrentCalls.together(
          IntStream.range(0, count).boxed().toList(),
          CONCURRENT_CALLS,
          number -> {
            DeviceDesk.Enrolled enrolled = enrol(desk, number);
            progress.tick();
            return enrolled;
          });
    }
  }

  /** A running gateway may have the institution in its directory already. */
  private void admit(DeviceDesk desk) {
    String path = "/v1/institutions/" + Json.text(filing, "institution");
    if (!gateway.get(Role.INSTITUTION, path).isSuccess()) {
      desk.admit(scenario.region(), "城南职业培训学校", 2026);
    }
  }

  private String siteId(int site) {
    return run + "-" + share.number() + "-" + (site + 1);
  }

  private void putSite(int site) {
    ObjectNode body =
        Json.object()
            .put("siteId", siteId(site))
            .put("name", "实训点" + (site + 1))
            .put("address", "滨河路" + (site + 1) + "号");
    ArrayNode rooms = body.putArray("rooms");
    for (int room = 0; room < ROOMS_OF_SITE; room++) {
      rooms.addObject().put("roomId", "R" + (room + 1)).put("name", "教室" + (room + 1));
    }
    gateway.act(
        Role.INSTITUTION, "/v1/institutions/" + Json.text(filing, "institution") + "/sites", body);
  }

  private DeviceDesk.Enrolled enrol(DeviceDesk desk, int number) {
    List<DeviceSuite> suites = scenario.door().suites();
    DeviceKey key =
        DeviceKey.of(
            suites.get(number % suites.size()),
            scenario.seed() + "/load/" + share.number() + "/" + number);
    DeviceDesk.Room room =
        new DeviceDesk.Room(siteId(number / ROOMS_OF_SITE), "R" + (number % ROOMS_OF_SITE + 1));
    return desk.enrol(desk.invite(room, "签到机" + (number + 1)), key);
  }

  /**
   * Opens the classes in this process's share, in the order of {@link #classNumbers}.
   *
   * @param lessons of the first class
   */
  List<ClassDesk.Opened> classes(List<Card> people, List<Lesson> lessons, Instant now) {
    ClassDesk desk = new ClassDesk(gateway, filing, scenario.region());
    List<Integer> numbers = classNumbers();
    int size = scenario.door().people();
    try (Progress progress = Progress.start("classes 班级", numbers.size())) {
      return ConcurrentCalls.together(
          numbers,
          CONCURRENT_CALLS,
          number -> {
            ClassDesk.Opened opened =
                desk.open(
                    "压力测试第" + (number + 1) + "班",
                    people.subList(number * size, (number + 1) * size),
                    later(lessons, scenario.later(number)),
                    now);
            progress.tick();
            return opened;
          });
    }
  }

  /** Opens a class beside the numbered ones. */
  ClassDesk.Opened extraClass(String title, List<Card> people, List<Lesson> lessons, Instant now) {
    return new ClassDesk(gateway, filing, scenario.region()).open(title, people, lessons, now);
  }

  /** The same lessons at another time. */
  static List<Lesson> later(List<Lesson> lessons, Duration by) {
    return lessons.stream()
        .map(
            lesson ->
                new Lesson(
                    lesson.id(),
                    lesson.title(),
                    lesson.kind(),
                    lesson.startsAt().plus(by),
                    lesson.endsAt().plus(by)))
        .toList();
  }

  /** The lessons of the first class, without breaks. */
  static List<Lesson> lessons(LoadScenario scenario, Instant first) {
    List<Lesson> lessons = new ArrayList<>();
    long seconds = scenario.day().minutes() * 60L;
    for (int number = 0; number < scenario.day().lessons(); number++) {
      lessons.add(
          new Lesson(
              new LessonId("L" + (number + 1)),
              "第" + (number + 1) + "课",
              LessonKind.PRACTICE,
              first.plusSeconds(number * seconds),
              first.plusSeconds((number + 1) * seconds)));
    }
    return lessons;
  }
}
