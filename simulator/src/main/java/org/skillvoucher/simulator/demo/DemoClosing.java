package org.skillvoucher.simulator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.Windows;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.simulator.gateway.HttpAnswer;
import org.skillvoucher.simulator.gateway.Polling;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.screen.Expectations;
import org.skillvoucher.simulator.screen.Table;
import org.skillvoucher.simulator.wire.Json;

/** What follows the last lesson: the class closes, its evidence goes out, the books agree. */
final class DemoClosing {
  private static final Duration FOLLOWS_MAX = Duration.ofSeconds(60);
  private static final int DOWNSTREAM_FAILURES = 2;

  private final DemoEnvironment environment;
  private final Expectations expect;
  private final String classId;

  DemoClosing(DemoEnvironment environment, String classId) {
    this.environment = environment;
    expect = environment.expect();
    this.classId = classId;
  }

  /** Too early it is refused; then the class closes with all of its receipts. */
  void close(Lesson last, AttendanceRules rules, int receipts) {
    String path = "/v1/classes/" + classId + "/closing";
    HttpAnswer tooEarly = environment.gateway().post(Role.INSTITUTION, path, Json.object());
    expect.equal(
        "closing while people may still scan out is refused",
        "409 class_state",
        tooEarly.verdict());
    environment.stubs().downstreamFails("503", DOWNSTREAM_FAILURES);
    Instant over = Windows.signOut(last, rules).closesAt();
    environment.clock().advanceTo(over.plus(Duration.ofMinutes(1)));
    JsonNode closed = environment.gateway().act(Role.INSTITUTION, path, Json.object());
    expect.equal("the class closes (结班)", "closed", closed.path("state").asText());
    expect.equal("receipts the class has given", receipts, closed.path("receipts").asInt());
  }

  /** The sheet must equal the plan, person by person. */
  void checkSheet(AttendanceSheet planned, List<Trainee> trainees) {
    String path = "/v1/classes/" + classId + "/sheet";
    JsonNode sheet =
        Polling.until(
            FOLLOWS_MAX,
            () -> {
              HttpAnswer answer = environment.gateway().get(Role.INSTITUTION, path);
              return answer.isSuccess() ? answer.json() : Json.object();
            },
            answer -> lines(answer).equals(lines(planned)));
    expect.equal(
        "attendance sheet (考勤表): lines as planned, minutes planned",
        planned.rows().size() + ", " + planned.minutesPlanned(),
        same(planned, sheet) + ", " + sheet.path("minutesPlanned").asLong());
    show(planned, trainees);
  }

  private static long same(AttendanceSheet planned, JsonNode sheet) {
    Map<String, String> actual = lines(sheet);
    return lines(planned).entrySet().stream()
        .filter(line -> line.getValue().equals(actual.get(line.getKey())))
        .count();
  }

  private static Map<String, String> lines(AttendanceSheet sheet) {
    Map<String, String> lines = new TreeMap<>();
    sheet.rows().forEach(line -> lines.put(line.person().value(), numbers(line)));
    return lines;
  }

  private static String numbers(AttendanceSheet.Row line) {
    return String.join(
        " ",
        String.valueOf(line.lessonsAttended()),
        String.valueOf(line.lessonsIncomplete()),
        String.valueOf(line.late()),
        String.valueOf(line.minutesAttended()),
        String.valueOf(line.percent()),
        String.valueOf(line.completed()));
  }

  private static Map<String, String> lines(JsonNode sheet) {
    Map<String, String> lines = new TreeMap<>();
    for (JsonNode line : sheet.path("lines")) {
      lines.put(
          line.path("person").asText(),
          String.join(
              " ",
              line.path("lessonsAttended").asText(),
              line.path("lessonsIncomplete").asText(),
              line.path("late").asText(),
              line.path("minutesAttended").asText(),
              line.path("percent").asText(),
              line.path("completed").asText()));
    }
    return lines;
  }

  /** The lines that differ from most, and how many are like most. */
  private void show(AttendanceSheet planned, List<Trainee> trainees) {
    Table table =
        new Table(
            "trainee 学员", "lessons 课次", "half 缺签退", "late 迟到", "minutes", "share", "completed 合格");
    int whole = 0;
    for (int i = 0; i < planned.rows().size(); i++) {
      AttendanceSheet.Row line = planned.rows().get(i);
      if (line.percent() == 100 && line.late() == 0) {
        whole++;
      } else {
        row(table, trainees.get(i).masked(), line);
      }
    }
    Optional<AttendanceSheet.Row> full =
        planned.rows().stream().filter(line -> line.percent() == 100).findFirst();
    String others = whole + " others";
    full.ifPresent(
        line ->
            table.row(
                others, line.lessonsAttended(), 0, 0, line.minutesAttended(), "100 %", "yes"));
    environment.screen().lines(table.lines());
  }

  private static void row(Table table, String name, AttendanceSheet.Row line) {
    table.row(
        name,
        line.lessonsAttended(),
        line.lessonsIncomplete(),
        line.late(),
        line.minutesAttended(),
        line.percent() + " %",
        line.completed() ? "yes" : "no");
  }

  /** What became of the class's evidence. */
  record Evidence(String id, int delivered, int acknowledged) {}

  /** Waits until downstream, which fails twice, has acknowledged the class's evidence. */
  Evidence forward(AttendanceSheet planned, int receipts) {
    JsonNode item =
        Polling.until(
            FOLLOWS_MAX, this::evidence, one -> one.path("state").asText().equals("delivered"));
    String id = item.path("evidenceId").asText();
    boolean delivered = item.path("state").asText().equals("delivered");
    expect.equal("evidence (补贴申请材料) is forwarded", true, delivered, id);
    JsonNode taken = environment.stubs().received(id);
    expect.equal(
        "downstream failed first and took it once: attempts, deliveries",
        DOWNSTREAM_FAILURES + 1 + ", 1",
        taken.path("attempts").asInt() + ", " + taken.path("deliveries").asInt());
    expect.equal(
        "attempts, as the gateway counted them",
        DOWNSTREAM_FAILURES + 1,
        item.path("attempts").asInt());
    String acknowledged = item.path("acknowledgement").path("acknowledgementId").asText();
    expect.equal(
        "its acknowledgement (受理回执) is recorded",
        taken.path("acknowledgementId").asText("none"),
        acknowledged);
    expect.equal(
        "both hashed the same content",
        taken.path("contentHash").asText("none"),
        item.path("contentHash").asText());
    checkContent(id, planned, receipts);
    return new Evidence(
        id, delivered ? taken.path("deliveries").asInt() : 0, acknowledged.isEmpty() ? 0 : 1);
  }

  private JsonNode evidence() {
    JsonNode items =
        environment
            .gateway()
            .read(Role.ISSUING_AUTHORITY, "/v1/evidence?classId=" + classId)
            .path("items");
    return items.isEmpty() ? Json.object() : items.path(0);
  }

  private void checkContent(String id, AttendanceSheet planned, int receipts) {
    JsonNode totals =
        environment
            .gateway()
            .read(Role.AUDITOR, "/v1/evidence/" + id)
            .path("content")
            .path("totals");
    long completed = planned.rows().stream().filter(AttendanceSheet.Row::completed).count();
    expect.equal(
        "its totals: people, completed, receipts",
        planned.rows().size() + ", " + completed + ", " + receipts,
        totals.path("people").asLong()
            + ", "
            + totals.path("completed").asLong()
            + ", "
            + totals.path("receipts").asLong());
  }

  /** The journal and the read side hold the same. */
  void audit() {
    JsonNode report =
        Polling.until(
            FOLLOWS_MAX,
            () -> environment.gateway().read(Role.AUDITOR, "/v1/audit"),
            one ->
                one.path("differences").isEmpty()
                    && one.path("journalEvents").equals(one.path("appliedEvents")));
    long events = report.path("journalEvents").asLong();
    expect.equal(
        "audit: journal events applied, differences",
        events + ", 0",
        report.path("appliedEvents").asLong() + ", " + report.path("differences").size());
  }
}
