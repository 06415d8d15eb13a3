package org.skillvoucher.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.gateway.api.Answer;
import org.skillvoucher.gateway.api.Ask;

/** Vouchers on a whole gateway: races of one key, classes that close, hours that intersect. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VoucherLifeTest {
  private static final Instant LESSON = GatewayFixture.LESSON;
  private static final Instant AFTERWARDS = LESSON.plus(Duration.ofHours(3));
  private static final int CALLS = 12;

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

  /** The first people whom the fixture does not use. */
  private static List<Trainee> others(int from, int count) {
    return Trainee.first(from + count).subList(from, from + count);
  }

  @Test
  void callsOfOneKeyAtOnceAllGetTheOutcomeOfTheWork() {
    String people =
        others(100, 40).stream()
            .map(
                who ->
                    "{'idType':'citizen_id','number':'%s','name':'%s'}"
                        .formatted(who.number(), who.name()))
            .collect(Collectors.joining(","));
    Ask issue =
        field
            .ask("/v1/vouchers", field.authority())
            .key("issue-at-once")
            .jsonOf(
                """
                {'region':'990101','occupation':'4-10-01-05','level':5,'expiresAt':'%s',
                 'people':[%s]}
                """
                    .formatted(LESSON.plus(Duration.ofDays(30)), people));
    Answer first = allAlike(() -> issue.over(field.api()).is(200));
    assertEquals(40, first.json().path("issued").asInt());
    assertEquals(0, first.json().path("alreadyIssued").asInt());
  }

  @Test
  void ofOneRosterSentSeveralTimesAtOnceEachAnswerSaysEnrolled() {
    String classId = approved();
    String roster =
        others(200, 30).stream()
            .map(who -> who.name() + "," + who.number() + "\n")
            .collect(Collectors.joining("", "姓名,社会保障号码\n", ""));
    Ask enrol =
        field
            .ask("/v1/classes/" + classId + "/roster", field.institution())
            .key("roster-at-once")
            .body("text/csv; charset=utf-8", roster.getBytes(StandardCharsets.UTF_8));
    Answer first = allAlike(() -> enrol.over(field.api()).is(200));
    assertEquals(30, first.json().path("enrolled").asInt());
    assertEquals(0, first.json().path("alreadyEnrolled").asInt());
  }

  @Test
  void ofARefusedCallSentSeveralTimesAtOnceEachIsRefused() {
    String classId = approved();
    Ask open =
        field.ask("/v1/classes/" + classId + "/opening", field.institution()).key("open-at-once");
    allAlike(() -> open.over(field.api()).isProblem(409, "class_state"));
  }

  private static Answer allAlike(Supplier<Answer> call) {
    List<Answer> answers =
        Stream.generate(() -> CompletableFuture.supplyAsync(call)).limit(CALLS).toList().stream()
            .map(CompletableFuture::join)
            .toList();
    assertEquals(1, answers.stream().map(Answer::text).distinct().count());
    return answers.getFirst();
  }

  @Test
  void aVoucherLapsesWhenItsClassClosesWithoutItsHolder() throws Exception {
    Trainee who = others(300, 1).getFirst();
    String voucher = bound(who, field.open("990101", who));
    closed(voucher);
    awaitState(voucher, "lapsed");
    JsonNode shown = shown(voucher);
    assertEquals("not_completed", shown.path("reason").asText());
    assertTrue(shown.path("classId").isTextual());
    Answer again =
        field
            .bind(voucher, field.open("990101", others(301, 1).getFirst()))
            .over(field.api())
            .isProblem(409, "voucher_state");
    assertEquals("bound_elsewhere", again.json().path("cause").asText());
    ClassOverHttp.await(
        () ->
            field
                .get("/v1/vouchers?state=lapsed&limit=200", field.authority())
                .is(200)
                .text()
                .contains(voucher));
  }

  @Test
  void aVoucherThatWasFrozenWhileItsClassClosedLapsesWhenItIsUnfrozen() throws Exception {
    Trainee who = others(310, 1).getFirst();
    String voucher = bound(who, field.open("990101", who));
    String classId = shown(voucher).path("classId").asText();
    change(voucher, "freeze", "{'reason':'卡已挂失'}");
    field.awaitVouchers(classId, 0);
    closed(voucher);
    change(voucher, "unfreeze", "{}");
    awaitState(voucher, "lapsed");
  }

  @Test
  void aPersonIsNotEnrolledInTwoClassesAtTheSameHours() throws Exception {
    List<Trainee> both = others(320, 2);
    String first = field.open("990101", both.getFirst());
    field.now(LESSON.minus(Duration.ofDays(1)));
    String second = approved();
    String path = "/v1/classes/" + second;
    field
        .ask(path + "/timetable", field.institution())
        .jsonOf(GatewayFixture.timetable("t", ""))
        .over(field.api())
        .is(200);
    String roster =
        IntStream.range(0, 2)
            .mapToObj(i -> both.get(i).name() + "," + both.get(i).number() + "\n")
            .collect(Collectors.joining("", "姓名,社会保障号码\n", ""));
    Ask enrol =
        field
            .ask(path + "/roster", field.institution())
            .body("text/csv; charset=utf-8", roster.getBytes(StandardCharsets.UTF_8));
    ClassOverHttp.await(
        () ->
            field
                .get("/v1/classes?state=open&limit=200", field.institution())
                .text()
                .contains(first));
    Answer imported = enrol.over(field.api()).is(200);
    assertEquals("refused", imported.json().at("/rows/0/outcome").asText());
    assertEquals("schedule_overlap", imported.json().at("/rows/0/code").asText());
    assertTrue(imported.json().at("/rows/0/detail").asText().contains(first));
    assertEquals("enrolled", imported.json().at("/rows/1/outcome").asText());
  }

  @Test
  void aSecondVoucherOfAPersonIsNotBoundAtTheHoursOfTheFirst() throws Exception {
    Trainee who = others(330, 1).getFirst();
    String one = field.open("990101", who);
    String other = field.open("990101", who);
    bound(who, one);
    String second = field.voucher(who, "990100");
    ClassOverHttp.await(
        () ->
            field
                .get("/v1/vouchers?state=bound&limit=200", field.authority())
                .text()
                .contains(one));
    Answer refused = field.bind(second, other).over(field.api()).isProblem(409, "schedule_overlap");
    assertEquals(one, refused.json().at("/facts/otherClass").asText());
    assertEquals("claimed", shown(second).path("state").asText());
  }

  private String approved() {
    String id = field.filed("990101", field.institution(), ClassOverHttp.SCHOOL);
    field
        .ask("/v1/classes/" + id + "/approval", field.authority())
        .jsonOf("{'decision':'approved'}")
        .over(field.api())
        .is(200);
    return id;
  }

  private String bound(Trainee who, String classId) throws Exception {
    String voucher = field.voucher(who);
    field.bind(voucher, classId).over(field.api()).is(200);
    field.awaitVouchers(classId, 1);
    return voucher;
  }

  private void closed(String voucher) {
    field.now(AFTERWARDS);
    String classId = shown(voucher).path("classId").asText();
    field.ask("/v1/classes/" + classId + "/closing", field.institution()).over(field.api()).is(200);
  }

  private void change(String voucher, String verb, String body) {
    field
        .ask("/v1/vouchers/" + voucher + "/" + verb, field.authority())
        .jsonOf(body)
        .over(field.api())
        .is(200);
  }

  private void awaitState(String voucher, String state) throws Exception {
    ClassOverHttp.await(() -> shown(voucher).path("state").asText().equals(state));
  }

  private JsonNode shown(String voucher) {
    return field.get("/v1/vouchers/" + voucher, field.authority()).is(200).json();
  }
}
