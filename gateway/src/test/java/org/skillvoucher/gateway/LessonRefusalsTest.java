package org.skillvoucher.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.GatewayFixture.Enrolled;
import org.skillvoucher.gateway.api.Answer;

/**
 * Refusals for lessons, places, vouchers and institutions, on a whole gateway with statements that
 * are really signed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LessonRefusalsTest {
  private GatewayFixture field;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    field = new GatewayFixture(folder);
    field
        .ask("/v1/classes/" + field.classId() + "/spot-checks", field.authority())
        .jsonOf("{'lessonId':'L1','minutes':45}")
        .over(field.api())
        .is(201);
  }

  @AfterAll
  void close() {
    field.close();
  }

  @BeforeEach
  void atTheLessonsStart() {
    field.now(GatewayFixture.LESSON);
  }

  @Test
  void twoPlacesFasterThanTravelAreAcceptedUnlessTheRegionRefusesThem() throws Exception {
    Enrolled near = field.device();
    Enrolled far = field.deviceFarAway();
    Trainee who = field.trainee();
    field.recorded(near, who);
    field.now(GatewayFixture.LESSON.plusSeconds(60));
    var check = field.at(Act.CHECK, GatewayFixture.LESSON.plusSeconds(60));
    field.sent(far, far.device().tap(who, check)).is(201);
    field.awaitFlag("velocity");
  }

  @Test
  void twoPlacesFasterThanTravelAreRefusedWhereTheRegionRefusesThem() throws Exception {
    Enrolled near = field.device();
    Enrolled far = field.deviceFarAway();
    Trainee who = field.trainee();
    String strict = field.open(GatewayFixture.STRICT_REGION, who);
    field
        .ask("/v1/classes/" + strict + "/spot-checks", field.authority())
        .jsonOf("{'lessonId':'L1','minutes':45}")
        .over(field.api())
        .is(201);
    field.sent(near, near.device().tap(who, at(strict, Act.IN, 0))).is(201);
    field.now(GatewayFixture.LESSON.plusSeconds(60));
    field.sent(far, far.device().tap(who, at(strict, Act.CHECK, 60))).isProblem(409, "velocity");
    field.now(GatewayFixture.LESSON.plusSeconds(600));
    field.sent(far, far.device().tap(who, at(strict, Act.CHECK, 600))).is(201);
  }

  private static TestDevice.Place at(String classId, Act act, long seconds) {
    return new TestDevice.Place(classId, "L1", act, GatewayFixture.LESSON.plusSeconds(seconds));
  }

  @Test
  void onePersonAtManyDevicesAtOnceGetsOneReceipt() throws Exception {
    Trainee who = field.trainee();
    List<Enrolled> devices = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      devices.add(field.device());
    }
    List<Answer> answers =
        devices.stream()
            .map(device -> field.scan(device, device.device().tap(who, field.in())))
            .map(scan -> CompletableFuture.supplyAsync(() -> scan.over(field.api())))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();
    assertEquals(1, answers.stream().filter(answer -> answer.status() == 201).count());
    assertEquals(7, answers.stream().filter(answer -> answer.status() == 200).count());
    String used = ",\"counterUsed\":true}";
    String unused = ",\"counterUsed\":false}";
    assertEquals(1, answers.stream().filter(answer -> answer.text().endsWith(used)).count());
    assertEquals(
        1, answers.stream().map(answer -> answer.text().replace(unused, used)).distinct().count());
  }

  @Test
  void fasterThanPeopleCanTapIsRefused() throws Exception {
    Enrolled device = field.device();
    field.recorded(device, field.trainee());
    Trainee next = field.trainee();
    var fast = field.at(Act.IN, GatewayFixture.LESSON.plusMillis(499));
    Answer refused = field.sent(device, device.device().tap(next, fast)).isProblem(429, "tap_rate");
    assertTrue(refused.header("retry-after").isPresent());
    assertEquals(device.device().name(), field.awaitFlag("tap_rate").path("device").asText());
    var slow = field.at(Act.IN, GatewayFixture.LESSON.plusMillis(500));
    field.sent(device, device.device().tap(next, slow)).is(201);
  }

  @Test
  void outsideTheLessonsWindowsNothingCounts() throws Exception {
    Enrolled device = field.device();
    Trainee who = field.trainee();
    var out = device.device().tap(who, field.at(Act.OUT, GatewayFixture.LESSON));
    Answer early = field.sent(device, out).isProblem(409, "outside_window");
    assertEquals("2026-03-02T10:15:00+08:00", early.json().path("opensAt").asText());
    assertEquals("2026-03-02T11:30:00+08:00", early.json().path("closesAt").asText());
    var late = GatewayFixture.LESSON.plus(Duration.ofMinutes(46));
    field.now(late);
    field
        .sent(device, device.device().tap(who, field.at(Act.IN, late)))
        .isProblem(409, "outside_window");
    field
        .sent(device, device.device().tap(who, field.at(Act.CHECK, late)))
        .isProblem(409, "outside_window");
  }

  @Test
  void outWithoutInIsRefused() throws Exception {
    Enrolled device = field.device();
    var end = GatewayFixture.LESSON.plus(ClassOverHttp.LESSON_LENGTH);
    field.now(end);
    field
        .sent(device, device.device().tap(field.trainee(), field.at(Act.OUT, end)))
        .isProblem(409, "sequence_violation");
  }

  @Test
  void anUnknownLessonIsReportedByItsPointer() throws Exception {
    Enrolled device = field.device();
    var place = new TestDevice.Place(field.classId(), "L9", Act.IN, GatewayFixture.LESSON);
    field.sent(device, device.device().tap(field.trainee(), place)).faultsAt("/statement/cls");
  }

  @Test
  void withoutAVoucherOrWithAVoidOneNothingCounts() throws Exception {
    Enrolled device = field.device();
    Trainee who = Trainee.first(60).getLast();
    String classId = field.open("990101", who);
    var tap = device.device().tap(who, at(classId, Act.IN, 0));
    Answer none = field.sent(device, tap).isProblem(409, "voucher_state");
    assertEquals("no_voucher", none.json().path("cause").asText());
    String voucher = field.voucher(who);
    field.bind(voucher, classId).over(field.api()).is(200);
    field.awaitVouchers(classId, 1);
    field
        .ask("/v1/vouchers/" + voucher + "/cancellation", field.authority())
        .jsonOf("{'reason':'重复发放'}")
        .over(field.api())
        .is(200);
    field.awaitVouchers(classId, 0);
    field.sent(device, tap).isProblem(409, "voucher_state");
  }

  @Test
  void ofTwoClassesThatRaceForAVoucherOneGetsIt() throws Exception {
    Trainee who = field.stranger();
    String one = field.open("990101", who);
    String other = field.open("990101", who);
    String voucher = field.voucher(who, "990100");
    List<Answer> answers =
        Stream.of(one, other)
            .map(
                id ->
                    CompletableFuture.supplyAsync(() -> field.bind(voucher, id).over(field.api())))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .sorted(Comparator.comparing(Answer::status))
            .toList();
    answers.get(0).is(200);
    answers.get(1).isProblem(409, "voucher_state");
  }

  @Test
  void aClassThatIsNotApprovedTakesNoScan() throws Exception {
    Enrolled device = field.device();
    String filed = field.filed("990101", field.institution(), ClassOverHttp.SCHOOL);
    field
        .sent(device, device.device().tap(field.trainee(), at(filed, Act.IN, 0)))
        .isProblem(409, "class_not_approved");
  }

  @Test
  void aSuspendedInstitutionsClassTakesNoScan() throws Exception {
    Enrolled device = field.device();
    var tap = device.device().tap(field.trainee(), field.in());
    String path = "/v1/institutions/" + ClassOverHttp.SCHOOL;
    field
        .ask(path + "/suspension", field.authority())
        .jsonOf(
            "{'reason':'mismanagement','evidence':'e','effectiveAt':'2026-03-02T09:00:00+08:00'}")
        .over(field.api())
        .is(200);
    try {
      field.sent(device, tap).isProblem(403, "institution_suspended");
    } finally {
      field
          .ask(path + "/reinstatement", field.authority())
          .jsonOf("{'reason':'r'}")
          .over(field.api())
          .is(200);
    }
    field.sent(device, tap).is(201);
  }
}
