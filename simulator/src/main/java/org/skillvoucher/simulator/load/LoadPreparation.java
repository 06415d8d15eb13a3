package org.skillvoucher.simulator.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.simulator.desk.ClassDesk;
import org.skillvoucher.simulator.device.BeaconReceiver;
import org.skillvoucher.simulator.device.Device;
import org.skillvoucher.simulator.device.DeviceDesk;
import org.skillvoucher.simulator.device.Presented;
import org.skillvoucher.simulator.gateway.ConcurrentCalls;
import org.skillvoucher.simulator.gateway.DevClock;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.load.LoadScenario.Offline;
import org.skillvoucher.simulator.platform.Card;

/** Creates everything a load needs, and advances business time to the start of the load. */
final class LoadPreparation {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration BEFORE_LESSONS = Duration.ofHours(1);
  private static final Duration ENDED_BEFORE = Duration.ofHours(3);

  private final LoadScenario scenario;
  private final ClassRules rules;
  private final LoadShare share;
  private final Deployment deployment;
  private final LoadFixture fixture;
  private final LiveProgress progress;

  /**
   * For one run.
   *
   * @param filing a sample filing, from which the classes' filings are made
   */
  LoadPreparation(
      LoadScenario scenario,
      ClassRules rules,
      LoadShare part,
      Deployment deployment,
      ObjectNode filing,
      LiveProgress progress) {
    this.scenario = scenario;
    this.rules = rules;
    this.share = part;
    this.deployment = deployment;
    this.progress = progress;
    fixture = new LoadFixture(deployment.gateway(), scenario, filing, part);
  }

  /**
   * A deployment that is ready for its load.
   *
   * @param scenario at speed 1 where the clock cannot be advanced
   * @param starts business time at the start of the load
   * @param clocks business clocks to advance during the load
   */
  record PreparedLoad(
      LoadScenario scenario,
      Instant starts,
      List<Lesson> lessons,
      List<DevClock> clocks,
      LoadEngine.ClassroomDevices devices,
      OfflineSites offline,
      ClassClosings closings) {}

  PreparedLoad prepare() {
    Optional<DevClock> clock = deployment.clock().filter(movable -> share.of() == 1);
    int sites = clock.isPresent() ? scenario.beside().offline().map(Offline::sites).orElse(0) : 0;
    Optional<Instant> planned = clock.map(movable -> starts(movable, sites > 0));
    LoadScenario effective = clock.isPresent() ? scenario : scenario.atOwnSpeed();
    Instant nominal = planned.orElseGet(this::now);
    List<Lesson> lessons = LoadFixture.lessons(effective, nominal.plus(effective.day().lead()));
    List<Card> people = LoadFixture.people(scenario);
    progress.note("enrolling " + (fixture.deviceCount() + sites) + " devices 设备");
    List<DeviceDesk.Enrolled> devices = fixture.devices(sites);
    List<DeviceDesk.Enrolled> ofClasses = devices.subList(0, fixture.deviceCount());
    progress.note(
        "filing "
            + fixture.classNumbers().size()
            + " classes of "
            + scenario.door().people()
            + " 班级");
    List<ClassDesk.Opened> classes = fixture.classes(people, lessons, now());
    ClassClosings closings = closings(people, nominal);
    OfflineSites offline =
        offline(devices.subList(fixture.deviceCount(), devices.size()), people, lessons, clock);
    planned.ifPresent(moment -> clock.orElseThrow().advanceTo(moment));
    receiveBeacons(ofClasses);
    return new PreparedLoad(
        effective,
        planned.orElseGet(this::now),
        lessons,
        clock.stream().toList(),
        new LoadEngine.ClassroomDevices(
            classrooms(classes, people, lessons), ofClasses, scenario.door().devices()),
        offline,
        closings);
  }

  /** On the clock's next day, or one later where offline sites need a day before it. */
  private Instant starts(DevClock clock, boolean dayBefore) {
    LocalDate today = LocalDate.ofInstant(clock.now(), LoadScenario.ZONE);
    return scenario.startsOn(today.plusDays(dayBefore ? 2 : 1));
  }

  private Instant now() {
    return deployment.clock().map(DevClock::now).orElseGet(LoadRun::now);
  }

  private Map<Integer, DeviceSession.Classroom> classrooms(
      List<ClassDesk.Opened> opened, List<Card> people, List<Lesson> lessons) {
    Map<Integer, DeviceSession.Classroom> classrooms = new HashMap<>();
    List<Integer> numbers = fixture.classNumbers();
    long tapMillisMin = rules.fieldRules().tapIntervalMillisMin();
    for (int i = 0; i < numbers.size(); i++) {
      String id = opened.get(i).id();
      int first = numbers.get(i) * scenario.door().people();
      classrooms.put(
          numbers.get(i),
          new DeviceSession.Classroom(
              id,
              (arrival, at, salt) ->
                  new Device.Tap(
                      id,
                      lessons.get(arrival.lesson()).id().value(),
                      arrival.act(),
                      Presented.card(people.get(first + arrival.person()), salt),
                      at),
              tapMillisMin));
    }
    return classrooms;
  }

  /** Classes whose last lesson ended hours before the load, so that they can be closed any time. */
  private ClassClosings closings(List<Card> people, Instant starts) {
    int count = share.number() == 1 ? scenario.closings() : 0;
    List<Card> last = people.subList(people.size() - 2 * scenario.closings(), people.size());
    List<Lesson> over =
        List.of(LoadFixture.lessons(scenario, starts.minus(ENDED_BEFORE)).getFirst());
    List<String> ids =
        ConcurrentCalls.together(
            IntStream.range(0, count).boxed().toList(),
            number ->
                fixture
                    .extraClass(
                        "结班第" + (number + 1) + "班",
                        last.subList(number * 2, number * 2 + 2),
                        over,
                        now())
                    .id());
    return new ClassClosings(deployment.gateway(), ids);
  }

  private OfflineSites offline(
      List<DeviceDesk.Enrolled> devices,
      List<Card> people,
      List<Lesson> lessons,
      Optional<DevClock> clock) {
    GatewayClient gateway = deployment.gateway();
    List<OfflineSites.OfflineSite> sites = new ArrayList<>();
    if (!devices.isEmpty() && clock.isPresent()) {
      List<Lesson> dayBefore = LoadFixture.later(lessons, DAY.negated());
      List<List<OfflineSites.OfflineClass>> classes =
          ConcurrentCalls.together(
              IntStream.range(0, devices.size()).boxed().toList(),
              site -> offlineClasses(site, people, dayBefore));
      clock.get().advanceTo(dayBefore.getFirst().startsAt().minus(BEFORE_LESSONS));
      receiveBeacons(devices);
      int count = scenario.beside().offline().map(Offline::statements).orElse(0);
      for (int site = 0; site < devices.size(); site++) {
        Device device = devices.get(site).device();
        sites.add(
            new OfflineSites.OfflineSite(
                site,
                devices.get(site),
                OfflineSites.statements(device, classes.get(site), dayBefore, count)));
      }
    }
    return new OfflineSites(gateway.http(), gateway.ready().api(), sites);
  }

  private List<OfflineSites.OfflineClass> offlineClasses(
      int site, List<Card> people, List<Lesson> lessons) {
    int size = scenario.door().people();
    List<OfflineSites.OfflineClass> classes = new ArrayList<>();
    for (int i = 0; i < scenario.classesOfOfflineSite(); i++) {
      int number = scenario.classesInAll() + site * scenario.classesOfOfflineSite() + i;
      List<Card> own = people.subList(number * size, (number + 1) * size);
      ClassDesk.Opened opened = fixture.extraClass("离线第" + (number + 1) + "班", own, lessons, now());
      classes.add(new OfflineSites.OfflineClass(opened.id(), own));
    }
    return classes;
  }

  private void receiveBeacons(List<DeviceDesk.Enrolled> devices) {
    ConcurrentCalls.together(
        devices,
        enrolled -> {
          BeaconReceiver.receive(deployment.gateway(), enrolled.device(), enrolled.token());
          return enrolled;
        });
  }
}
