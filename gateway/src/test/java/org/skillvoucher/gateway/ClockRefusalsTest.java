package org.skillvoucher.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.GatewayFixture.Enrolled;
import org.skillvoucher.gateway.api.Answer;
import org.skillvoucher.gateway.api.Ask;

/** Refusals of clocks and amendments, on a whole gateway. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClockRefusalsTest {
  private static final Instant LESSON = GatewayFixture.LESSON;
  private static final Instant AFTERWARDS = LESSON.plus(Duration.ofHours(3));

  private GatewayFixture field;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    field = new GatewayFixture(folder);
  }

  @AfterAll
  void close() {
    field.close();
  }

  @BeforeEach
  void atTheLessonsStart() {
    field.now(LESSON);
  }

  @ParameterizedTest
  @ValueSource(longs = {-121_000, -120_001, 120_001, 3_600_000})
  void aRefusalForClockSkewHoldsTheTime(long millis) throws Exception {
    Enrolled device = field.device();
    var off = device.device().tap(field.trainee(), field.at(Act.IN, LESSON.plusMillis(millis)));
    Answer refused = field.sent(device, off).isProblem(409, "clock_skew");
    assertEquals("2026-03-02T09:00:00+08:00", refused.json().path("now").asText());
    assertTrue(refused.json().path("beacon").isTextual());
  }

  @ParameterizedTest
  @ValueSource(longs = {-120_000, 120_000})
  void twoMinutesAreNotOff(long millis) throws Exception {
    Enrolled device = field.device();
    var tap = device.device().tap(field.trainee(), field.at(Act.IN, LESSON.plusMillis(millis)));
    field.sent(device, tap).is(201);
  }

  @Test
  void theBeaconInARefusalProvesTheNextTaps() throws Exception {
    Enrolled device = field.device();
    var off = device.device().tap(field.trainee(), field.at(Act.IN, LESSON.plusSeconds(900)));
    Answer refused = field.sent(device, off).isProblem(409, "clock_skew");
    device.device().receivedBeacon(refused.json().path("beacon").asText(), LESSON);
    var tap = device.device().tap(field.trainee(), field.at(Act.IN, LESSON.plusSeconds(300)));
    field.now(AFTERWARDS);
    assertEquals("attended", field.batched(device, tap).path("outcome").asText());
  }

  private Enrolled withBeacon() throws Exception {
    Enrolled device = field.device();
    device.device().receivedBeacon(beacon(device, 1), LESSON);
    return device;
  }

  private String beacon(Enrolled device, long epoch) {
    return field
        .get(
            "/v1/beacons?device=%s&epoch=%d".formatted(device.device().name(), epoch),
            device.device().token())
        .is(200)
        .json()
        .path("beacon")
        .asText();
  }

  private TestDevice.Tap offline(Enrolled device) {
    return device.device().tap(field.trainee(), field.at(Act.IN, LESSON.plusSeconds(60)));
  }

  private void unprovable(Enrolled device, TestDevice.Tap tap, Instant arrival) {
    field.now(arrival);
    JsonNode item = field.batched(device, tap);
    assertEquals("refused", item.path("outcome").asText(), item::toString);
    assertEquals("tap_time_unprovable", item.path("code").asText());
  }

  @Test
  void withoutABeaconAnOfflineTimeIsUnprovable() throws Exception {
    Enrolled device = field.device();
    unprovable(device, offline(device), AFTERWARDS);
  }

  @Test
  void aMatchingBeaconProvesTheTime() throws Exception {
    Enrolled device = withBeacon();
    var tap = offline(device);
    field.now(AFTERWARDS);
    JsonNode item = field.batched(device, tap);
    assertEquals("attended", item.path("outcome").asText(), item::toString);
  }

  @Test
  void twoClocksOfADeviceThatDisagreeProveNothing() throws Exception {
    Enrolled device = withBeacon();
    var tap = Forgery.resigned(offline(device), device.key(), Map.of("mono", 60_000 + 120_001));
    unprovable(device, tap, AFTERWARDS);
  }

  @Test
  void aBeaconOfAnotherDeviceOrBootProvesNothing() throws Exception {
    Enrolled device = withBeacon();
    Enrolled neighbour = withBeacon();
    String foreign = beacon(neighbour, 1);
    String otherBoot = beacon(device, 2);
    unprovable(
        device, Forgery.resigned(offline(device), device.key(), Map.of("lb", foreign)), AFTERWARDS);
    field.now(LESSON);
    Enrolled again = withBeacon();
    String forged = otherBoot.substring(0, 20) + "A" + otherBoot.substring(21);
    unprovable(
        again, Forgery.resigned(offline(again), again.key(), Map.of("lb", forged)), AFTERWARDS);
    field.now(LESSON);
    Enrolled rebooted = field.device();
    String boot = beacon(rebooted, 2);
    rebooted.device().receivedBeacon(boot, LESSON);
    unprovable(rebooted, offline(rebooted), AFTERWARDS);
  }

  @Test
  void afterThreeDaysAnOfflineTimeIsUnprovable() throws Exception {
    Enrolled inTime = withBeacon();
    var tap = offline(inTime);
    field.now(LESSON.plusSeconds(60).plus(Duration.ofDays(3)));
    assertEquals("attended", field.batched(inTime, tap).path("outcome").asText());
    field.now(LESSON);
    Enrolled late = withBeacon();
    unprovable(late, offline(late), LESSON.plusSeconds(60).plus(Duration.ofDays(3)).plusMillis(1));
  }

  /** One who signed in: nobody else gets a first hour by a correction. */
  private String verifiedTrainee() throws Exception {
    field.recorded(field.device(), field.trainee());
    String path = "/v1/classes/" + field.classId() + "/sheet";
    ClassOverHttp.await(() -> present(path).isPresent());
    return present(path).orElseThrow();
  }

  private Optional<String> present(String path) {
    Answer sheet = Ask.get(path).token(field.authority()).over(field.api());
    return sheet.status() == 200
        ? sheet
            .json()
            .path("lines")
            .valueStream()
            .filter(line -> line.path("lessonsIncomplete").asInt() > 0)
            .map(line -> line.path("person").asText())
            .findFirst()
        : Optional.empty();
  }

  private Ask propose(String person, String token) {
    return field
        .ask("/v1/classes/" + field.classId() + "/corrections", token)
        .jsonOf(
            "{'person':'%s','lesson':'L1','kind':'back_fill','reason':'读卡器故障'}".formatted(person));
  }

  private Ask decide(String correction, String token) {
    return field
        .ask("/v1/classes/%s/corrections/%s/decision".formatted(field.classId(), correction), token)
        .jsonOf("{'decision':'approved','reason':'已核对录像'}");
  }

  @Test
  void aBackFillIsDecidedByAnotherPersonOfTheBureau() throws Exception {
    String person = verifiedTrainee();
    propose(person, field.institution()).over(field.api()).isProblem(409, "outside_window");
    field.now(AFTERWARDS);
    String id =
        propose(person, field.institution())
            .over(field.api())
            .is(201)
            .json()
            .path("correctionId")
            .asText();
    decide(id, field.institution()).over(field.api()).isProblem(403, "two_person_required");
    decide(id, field.deputy()).over(field.api()).isProblem(403, "side_not_allowed");
    decide(id, field.authority()).over(field.api()).is(200);
    decide(id, field.authority())
        .jsonOf("{'decision':'declined','reason':'r'}")
        .over(field.api())
        .isProblem(409, "correction_state");
    decide("K404", field.authority()).over(field.api()).isProblem(404, "not_found");
    propose("A".repeat(43), field.institution()).over(field.api()).isProblem(403, "not_enrolled");
  }

  @Test
  void aTimetableIsChangedWithAReasonAndNeverBehind() {
    String path = "/v1/classes/" + field.open("990101", field.stranger()) + "/timetable";
    field.now(LESSON.minus(Duration.ofHours(2)));
    field
        .ask(path, field.institution())
        .jsonOf(GatewayFixture.timetable("another", ""))
        .over(field.api())
        .isProblem(422, "reason_required");
    field.now(LESSON.plusSeconds(1));
    field
        .ask(path, field.institution())
        .jsonOf(GatewayFixture.timetable("another", ",'reason':'老师生病'"))
        .over(field.api())
        .isProblem(422, "timetable_invalid");
  }

  @Test
  void aClassWithAGapClosesOnceTheGapIsWaived() throws Exception {
    Enrolled device = field.device();
    Trainee who = field.trainee();
    String classId = field.open(GatewayFixture.STRICT_REGION, who);
    var place = new TestDevice.Place(classId, "L1", Act.IN, LESSON);
    device.device().captured(who, place);
    field.sent(device, device.device().tap(who, place)).isProblem(202, "device_counter_gap");
    field.now(AFTERWARDS);
    Ask close = field.ask("/v1/classes/" + classId + "/closing", field.institution());
    Answer open = close.over(field.api()).isProblem(409, "closing_pending");
    assertEquals(device.device().name(), open.json().at("/devices/0").asText());
    Ask waiver =
        field
            .ask("/v1/classes/" + classId + "/gap-waivers", field.authority())
            .jsonOf("{'device':'%s','reason':'设备损坏'}".formatted(device.device().name()));
    waiver.over(field.api()).is(200);
    waiver.key("again").over(field.api()).isProblem(409, "class_state");
    close.over(field.api()).is(200);
  }

  @Test
  void aFlagThatIsNotThereIsNotDecided() {
    field
        .ask("/v1/classes/" + field.classId() + "/flags/F404/decision", field.authority())
        .jsonOf("{'decision':'dismissed','reason':'r'}")
        .over(field.api())
        .isProblem(404, "not_found");
  }
}
