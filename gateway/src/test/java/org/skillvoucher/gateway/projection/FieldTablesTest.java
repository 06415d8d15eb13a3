package org.skillvoucher.gateway.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.institution.Admission;
import org.skillvoucher.domain.institution.InstitutionCommand;
import org.skillvoucher.domain.institution.InstitutionDecider;
import org.skillvoucher.domain.institution.InstitutionEvent;
import org.skillvoucher.domain.institution.InstitutionRefusal;
import org.skillvoucher.domain.institution.InstitutionState;
import org.skillvoucher.domain.institution.Site;
import org.skillvoucher.domain.institution.StopReason;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.Correction;
import org.skillvoucher.gateway.database.Transactions;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;
import org.skillvoucher.gateway.projection.Views.CorrectionRow;
import org.skillvoucher.gateway.projection.Views.InstitutionRow;
import org.skillvoucher.gateway.projection.Views.Page;
import org.skillvoucher.gateway.projection.Views.Paging;
import org.skillvoucher.gateway.security.Caller;

/** Institutions, quarantined statements, and what people added, as their tables hold it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FieldTablesTest {
  private static final Instant AT = Instant.parse("2026-03-01T00:00:00Z");

  private final TestPool database = new TestPool();
  private final Views views = new JdbcViews(new Transactions(database.pool, Runnable::run));

  @AfterAll
  void stop() {
    database.close();
  }

  @BeforeEach
  void empty() {
    database.execute(
        """
        TRUNCATE applied, institution, training_class, enrolment, lesson, receipt, set_aside,
          spot_check, correction, timetable_change, unenrolment""");
  }

  private static <T> T joined(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  /** An institution's life by chance; its events are what a journal would hold. */
  private static final class Life {
    final CreditCode code;
    final List<FeedEnvelope> feed = new ArrayList<>();
    InstitutionState state = InstitutionState.initial();

    Life(String first17) {
      code = ClassStory.creditCode(first17);
    }

    void send(InstitutionCommand command) {
      if (InstitutionDecider.decide(state, command)
          instanceof Decision.Accepted<InstitutionEvent, InstitutionRefusal>(var events)) {
        for (InstitutionEvent event : events) {
          state = InstitutionDecider.evolve(state, event);
          feed.add(ClassStory.envelope("institution|" + code, feed.size() + 1, event));
        }
      }
    }

    void sendAny(Random random) {
      Instant at = AT.plusSeconds(feed.size());
      String region = random.nextBoolean() ? "990101" : "990200";
      send(
          switch (random.nextInt(5)) {
            case 0 ->
                new InstitutionCommand.Admit(
                    new Admission(
                        code,
                        new RegionCode(region),
                        "学校" + random.nextInt(3),
                        "licence",
                        2026 + random.nextInt(3)),
                    "T",
                    at);
            case 1 -> new InstitutionCommand.Suspend(StopReason.FORGED_MATERIAL, "e", at, "T", at);
            case 2 -> new InstitutionCommand.Reinstate("r", "T", at);
            case 3 ->
                new InstitutionCommand.Exit(StopReason.NO_TRAINING_DELIVERED, "e", at, "T", at);
            default ->
                new InstitutionCommand.PutSite(
                    new Site("S" + random.nextInt(3), "n", "a", List.of()), "T", at);
          });
    }

    InstitutionRow row() {
      var admitted = (InstitutionState.Admitted) state;
      return new InstitutionRow(
          code.value(),
          admitted.admission().region().value(),
          admitted.admission().name(),
          admitted.admission().edition(),
          state.name());
    }
  }

  @Test
  void theDirectoryIsWhatTheInstitutionsThemselvesSay() {
    Map<String, InstitutionRow> expected = new TreeMap<>();
    for (int seed = 0; seed < 60; seed++) {
      var random = new Random(seed);
      var life = new Life("91990000MA%07d".formatted(seed));
      life.sendAny(random);
      for (int n = random.nextInt(15); n > 0; n--) {
        life.sendAny(random);
      }
      database.apply(life.feed);
      database.apply(life.feed); // the feed may hand on twice
      if (!life.feed.isEmpty()) {
        expected.put(life.code.value(), life.row());
      }
    }
    assertEquals(List.copyOf(expected.values()), all(new Caller.Scope.Everywhere()));
    assertEquals(
        expected.values().stream().filter(row -> row.region().equals("990200")).toList(),
        all(new Caller.Scope.InRegion(new RegionCode("990200"))));
    InstitutionRow one = expected.values().iterator().next();
    assertEquals(
        List.of(one), all(new Caller.Scope.OfInstitution(new CreditCode(one.creditCode()))));
  }

  private List<InstitutionRow> all(Caller.Scope scope) {
    List<InstitutionRow> found = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<InstitutionRow> page = joined(views.institutions(scope, new Paging(cursor, 7)));
      assertTrue(page.items().size() <= 7);
      found.addAll(page.items());
      cursor = page.nextCursor();
    } while (cursor.isPresent());
    return found;
  }

  @Test
  void aCorrectionWaitsForASecondPersonsDecision() {
    Instant decidedAt = Instant.parse("2026-07-01T00:00:00.5Z");
    ClassStory story =
        new ClassStory("C1")
            .opened(2, 2)
            .scanned(0, 0, Act.IN, 0)
            .corrected("K1", 0, 0, Correction.Kind.BACK_FILL, true, decidedAt)
            .corrected("K2", 1, 1, Correction.Kind.AMENDMENT, false, decidedAt);
    List<FeedEnvelope> feed = story.feed();
    database.apply(feed.subList(0, feed.size() - 1));
    List<CorrectionRow> rows =
        joined(views.corrections(new ClassId("C1"), new Paging(Optional.empty(), 10))).items();
    CorrectionRow first = rows.getFirst();
    assertEquals("K1", first.correctionId());
    assertEquals("back_fill", first.kind());
    assertEquals(ClassStory.person(0).value(), first.person());
    assertEquals("approved", first.state());
    assertEquals(Optional.of("T-official"), first.decidedBy());
    assertEquals(Optional.of(decidedAt), first.decidedAt());
    CorrectionRow second = rows.getLast();
    assertEquals("proposed", second.state());
    assertEquals(Optional.empty(), second.decidedAt());
    database.apply(feed.subList(feed.size() - 1, feed.size()));
    assertEquals(
        "declined",
        joined(views.corrections(new ClassId("C1"), new Paging(Optional.empty(), 10)))
            .items()
            .getLast()
            .state());
    assertEquals(
        List.of(),
        joined(views.corrections(new ClassId("C2"), new Paging(Optional.empty(), 10))).items());
  }

  @Test
  void correctionsComePageByPage() {
    ClassStory story = new ClassStory("C1").opened(2, 2);
    for (int n = 10; n < 25; n++) {
      story.corrected("K" + n, n % 2, n % 2, Correction.Kind.BACK_FILL, true, AT.plusSeconds(n));
    }
    database.apply(story.feed());
    List<String> ids = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      var page = joined(views.corrections(new ClassId("C1"), new Paging(cursor, 4)));
      page.items().forEach(row -> ids.add(row.correctionId()));
      cursor = page.nextCursor();
    } while (cursor.isPresent());
    assertEquals(java.util.stream.IntStream.range(10, 25).mapToObj(n -> "K" + n).toList(), ids);
  }

  @Test
  void aCapturedStatementIsQuarantinedUntilItGivesAReceipt() {
    ClassStory story = new ClassStory("C1").opened(2, 1).scannedOffline(0, 0, Act.IN, 0);
    ClassEvent.Attended attended = (ClassEvent.Attended) story.events.removeLast();
    story.events.add(aside(attended, "captured", false));
    database.apply(story.feed());
    assertEquals("captured", database.one("SELECT reason FROM set_aside WHERE class_id = 'C1'"));
    story.events.add(attended);
    database.apply(story.feed());
    assertEquals("0", database.one("SELECT count(*) FROM set_aside"));
    assertEquals("1", database.one("SELECT count(*) FROM receipt WHERE NOT online"));
  }

  @Test
  void aTapThatProvesAnArrivalInTimeRemovesTheLateness() {
    ClassStory story = new ClassStory("C1").opened(1, 1).scanned(0, 0, Act.IN, 20);
    database.apply(story.feed());
    assertEquals("t", database.one("SELECT late FROM receipt"));
    story.scannedOffline(0, 0, Act.IN, 0);
    database.apply(story.feed());
    assertEquals("f", database.one("SELECT late FROM receipt"));
    assertEquals("repeated", database.one("SELECT reason FROM set_aside"));
  }

  @Test
  void aReceiptHasHowWhereAndWhenItsSignInWasMade() {
    database.apply(new ClassStory("C1").opened(1, 1).scannedOffline(0, 0, Act.IN, 3).feed());
    assertEquals(
        "physical_card|card_platform|f|%s|1|S1|R1|%d"
            .formatted(
                ClassStory.DEVICE,
                ClassStory.FIRST_LESSON.plus(Duration.ofMinutes(3)).toEpochMilli()),
        database.one(
            """
            SELECT concat_ws('|', way, authority, online, device, counter, site, room, tapped_at)
            FROM receipt"""));
  }

  @Test
  void aChangedTimetableHasWhoChangedItAndWhy() {
    ClassStory story = new ClassStory("C1").filed("t").approved();
    story.send(new ClassCommand.Schedule(ClassStory.lessons(3), AT));
    for (int lessons : new int[] {2, 4}) { // at the same moment
      story.send(
          new ClassCommand.Schedule(
              ClassStory.lessons(lessons),
              Optional.of(new ClassCommand.Change("T-school", "power cut")),
              AT));
    }
    database.apply(story.feed());
    assertEquals(
        "T-school|power cut|4",
        database.one("SELECT concat_ws('|', changed_by, reason, lessons) FROM timetable_change"));
    assertEquals("4", database.one("SELECT count(*) FROM lesson"));
  }

  private static ClassEvent.Quarantined aside(
      ClassEvent.Attended attended, String reason, boolean inTime) {
    return new ClassEvent.Quarantined(
        Optional.of(attended.scan().person()),
        attended.scan().lesson(),
        attended.scan().act(),
        attended.scan().body(),
        attended.scan().statement(),
        reason,
        inTime,
        attended.circumstances().orElseThrow(),
        attended.at());
  }
}
