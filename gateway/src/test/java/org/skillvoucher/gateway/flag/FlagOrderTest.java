package org.skillvoucher.gateway.flag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skillvoucher.gateway.flag.FlaggedClass.NINE;
import static org.skillvoucher.gateway.flag.FlaggedClass.TEACHER;
import static org.skillvoucher.gateway.flag.FlaggedClass.lesson;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.scan.Verification;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.ScanResult;
import org.skillvoucher.gateway.projection.ClassStory;

/** Two classes by the real rules, without a network for two days. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlagOrderTest {
  private static final ClassRules RULES = FlaggedClass.rules(1, Set.of());
  private static final Instant ARRIVED = NINE.plus(Duration.ofHours(49));
  private final FlagsFixture flags = new FlagsFixture();

  @AfterAll
  void stop() {
    flags.close();
  }

  private static Lesson at(String id, int hours) {
    return lesson(id, NINE.plus(Duration.ofHours(hours)), 90);
  }

  private static List<Lesson> timetable(String classId) {
    return classId.equals("C1")
        ? List.of(at("L1", 0), at("L2", 24), at("L3", 30), at("L4", 33))
        : List.of(at("L1", 1), at("L2", 26), at("L3", 36), at("L4", 40));
  }

  /** A statement which some device made for a class, with its place in the chain. */
  private record Made(
      String classId, Lesson lesson, int person, Act act, DeviceStatement statement) {}

  private static ClassStory opened(String id) {
    Instant before = NINE.minus(Duration.ofDays(1));
    ClassStory story = new ClassStory(id);
    return story
        .send(new ClassCommand.File(story.filing("电工"), RULES, before))
        .send(new ClassCommand.Approve("T1", before))
        .send(new ClassCommand.Enrol(ClassStory.people(8), before))
        .send(new ClassCommand.Schedule(timetable(id), before))
        .send(new ClassCommand.Open(before));
  }

  private static List<Made> taps(Random random) {
    record Tap(String classId, Lesson lesson, int person, Act act, Instant at) {}
    List<Tap> taps = new ArrayList<>();
    for (String id : List.of("C1", "C2")) {
      for (Lesson lesson : timetable(id)) {
        for (int person : List.of(0, 1, 2, 3, 4, 5, 6, 7, TEACHER)) {
          for (int times = random.nextInt(9) == 0 ? 2 : 1; times > 0; times--) {
            Instant in = lesson.startsAt().plusSeconds(random.nextInt(3000) - 60);
            taps.add(new Tap(id, lesson, person, Act.IN, in));
            Instant out = lesson.endsAt().plusSeconds(random.nextInt(3000) - 900);
            taps.add(new Tap(id, lesson, person, Act.OUT, out));
          }
        }
      }
    }
    taps.removeIf(tap -> tap.person() == TEACHER && random.nextInt(3) > 0);
    taps.sort((one, other) -> one.at().compareTo(other.at()));
    Map<String, List<Made>> chains = new HashMap<>();
    for (Tap tap : taps) {
      String device = "D" + random.nextInt(3) + "-1";
      List<Made> chain =
          chains.computeIfAbsent(tap.classId() + " " + device, key -> new ArrayList<>());
      String previous =
          chain.isEmpty()
              ? DeviceStatement.NO_PREVIOUS
              : chain.getLast().statement().signed().orElseThrow().hash();
      var signed =
          new DeviceStatement.Signed(
              DeviceSuite.SM2, device + chain.size() + tap.at().toEpochMilli());
      DeviceStatement statement =
          new DeviceStatement(
                  device,
                  chain.size() + 1L,
                  1,
                  tap.at(),
                  0,
                  "",
                  "",
                  "crd",
                  previous,
                  "signature",
                  Optional.empty())
              .signedWith(signed);
      chain.add(new Made(tap.classId(), tap.lesson(), tap.person(), tap.act(), statement));
    }
    return chains.values().stream().flatMap(List::stream).toList();
  }

  private static boolean isTaken(List<ClassStory> stories, Made made) {
    String name = made.statement().signed().orElseThrow().hash();
    Scan scan =
        new Scan(
            ClassStory.person(made.person()),
            made.lesson().id(),
            made.act(),
            new Scan.Fingerprint((made.classId() + name).hashCode()),
            new Scan.Fingerprint(name.hashCode()),
            made.statement());
    ClassStory story =
        stories.stream().filter(one -> one.id.equals(made.classId())).findFirst().orElseThrow();
    ScanResult result =
        story.decide(
            new ScanCommand.RecordAttendance(
                new ClassId(story.id),
                story.institution,
                scan,
                new Circumstances(
                    "S" + made.statement().device(),
                    "R1",
                    Optional.of(
                        new Circumstances.Offline(
                            Optional.of(made.statement().tappedAt()), ARRIVED)),
                    Optional.empty(),
                    Optional.empty()),
                new Verification("physical_card", "card_platform", "r", false),
                Optional.empty(),
                story.id + name,
                name,
                ARRIVED));
    return !(result instanceof ScanResult.Refused);
  }

  /** Each device sends what it has again until all of it is taken, as chance will have it. */
  private List<String> flagsOf(List<Made> made, Random random) {
    List<ClassStory> stories = new ArrayList<>(List.of(opened("C1"), opened("C2")));
    List<Made> left = new ArrayList<>(made);
    while (!left.isEmpty()) {
      Collections.shuffle(left, random);
      left.removeIf(one -> random.nextBoolean() && isTaken(stories, one));
    }
    flags.empty();
    Collections.shuffle(stories, random);
    stories.forEach(story -> flags.apply(story.feed()));
    assertEquals(
        List.of(),
        flags.database.column(
            "SELECT facts FROM flag WHERE kind = 'counter_gap' AND state <> 'cleared'"));
    // Which of two statements got the receipt, and under which number, is the order's own business.
    return flags.database.column(
        """
        SELECT concat_ws(' ', flag_id, kind, level, class_id, lesson, person, device, raised_at,
          regexp_replace(facts, '"receipt":[0-9]+,', '', 'g'))
        FROM flag WHERE state <> 'cleared' ORDER BY 1""");
  }

  @Test
  void whateverOrderStatementsArriveInTheSameFlagsAreLeft() {
    List<Made> made = taps(new Random(5));
    List<String> inOrder = flagsOf(made, new Random(0));
    Set<String> kinds =
        Set.copyOf(flags.database.column("SELECT kind FROM flag WHERE state = 'open'"));
    assertTrue(
        kinds.containsAll(
            Set.of(
                "velocity",
                "two_classes",
                "hours_a_day",
                "teacher_absent",
                "late_upload",
                "device_people")),
        kinds::toString);
    for (int seed = 1; seed <= 5; seed++) {
      assertEquals(inOrder, flagsOf(made, new Random(seed)));
    }
  }
}
