package org.skillvoucher.gateway.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.projection.ProjectionBehavior;
import org.apache.pekko.projection.jdbc.JdbcSession;
import org.apache.pekko.projection.jdbc.javadsl.JdbcHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.identity.OccupationCode;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.voucher.VoucherEvent;
import org.skillvoucher.domain.voucher.VoucherTerms;
import org.skillvoucher.gateway.audit.AuditReport;
import org.skillvoucher.gateway.audit.JournalAudit;
import org.skillvoucher.gateway.database.Transactions;
import org.skillvoucher.gateway.journal.feed.Feed;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;
import org.skillvoucher.gateway.security.Caller;

/** The read side on a real journal: the serializer's own bytes, the feed, the projection. */
class ReadModelsTest {
  private static final int SLICES = 2;
  private static final Duration LONG = Duration.ofSeconds(30);

  private final FollowedJournal journal = new FollowedJournal("read-models-test");
  private final ActorTestKit kit = journal.kit;
  private final TestPool database = journal.database;
  private final Feed feed = journal.feed(SLICES);

  @AfterEach
  void stop() {
    journal.close();
  }

  private static ClassStory story(String id) {
    ClassStory story = new ClassStory(id).opened(3, 2);
    for (int lesson = 0; lesson < 2; lesson++) {
      for (int person = 0; person < 3; person++) {
        story.scanned(person, lesson, Act.IN, person * 5);
      }
      for (int person = 0; person < 3; person++) {
        story.scanned(person, lesson, Act.OUT, person);
      }
    }
    return story.closed();
  }

  private void writeInterleaved(int stories, Random random) {
    journal.writeInterleaved(
        IntStream.range(0, stories).mapToObj(n -> story("C" + n).feed()).toList(), random);
  }

  private <S extends JdbcSession> void follow(
      Supplier<S> sessions, Supplier<JdbcHandler<List<FeedEnvelope>, S>> follower) {
    for (int slice = 0; slice < SLICES; slice++) {
      ActorRef<ProjectionBehavior.Command> unused =
          kit.spawn(
              ProjectionBehavior.create(
                  ReadModels.projection(
                      kit.system(), feed, slice, sessions, follower, FollowedJournal.SETTINGS)));
    }
  }

  private AuditReport audit() {
    var transactions = new Transactions(database.pool, Runnable::run);
    return JournalAudit.of(transactions, InstantSource.system())
        .run(new Caller.Scope.Everywhere())
        .toCompletableFuture()
        .join();
  }

  private void awaitCaughtUp(int stories) {
    kit.createTestProbe()
        .awaitAssert(
            LONG,
            Duration.ofMillis(50),
            () -> {
              AuditReport report = audit();
              assertTrue(report.journalEvents() > 0);
              assertEquals(List.of(), report.differences());
              assertEquals(report.journalEvents(), report.appliedEvents());
              return stories;
            });
    assertEquals(Integer.toString(12 * stories), database.one("SELECT count(*) FROM receipt"));
    assertEquals(List.of("closed"), database.column("SELECT DISTINCT state FROM training_class"));
  }

  @Test
  void theReadSideFollowsTheJournal() {
    ReadModels.init(kit.system(), feed, journal.real, FollowedJournal.SETTINGS);
    writeInterleaved(10, new Random(1));
    awaitCaughtUp(10);
    assertEquals("2", database.one("SELECT count(*) FROM pekko_projection_offset_store"));
  }

  @Test
  void whateverFailsInBetweenEachEventCountsOnce() {
    var faults = new FaultyFollower.Faults(new Random(7));
    follow(
        () -> new FaultyFollower.Session(database.session(), faults),
        () -> new FaultyFollower(new EventGroupHandler<>(EventTables::apply), faults));
    writeInterleaved(20, new Random(2));
    awaitCaughtUp(20);
    assertTrue(faults.made.get() > 20, "faults made: " + faults.made.get());
  }

  @Test
  void aGapHoldsItsSliceUntilItIsMended() {
    List<FeedEnvelope> whole = story("C1").feed();
    List<FeedEnvelope> holed = new ArrayList<>(whole);
    holed.remove(3);
    AtomicInteger failures = new AtomicInteger();
    follow(database::session, () -> new CountingFollower(failures));
    journal.write(holed);
    kit.createTestProbe()
        .awaitAssert(
            LONG,
            Duration.ofMillis(20),
            () -> {
              assertTrue(failures.get() > 3);
              return true;
            });
    assertEquals("0", database.one("SELECT count(*) FROM applied"));
    // The missing event must come before the others in the order of the feed.
    database.execute("DELETE FROM event_journal");
    journal.write(whole);
    awaitCaughtUp(1);
  }

  @Test
  void anEventOfAVoucherIsInTheListAMomentLater() {
    ReadModels.init(kit.system(), feed, journal.real, FollowedJournal.SETTINGS);
    journal.write(
        List.of(
            ClassStory.envelope("voucher|V1", 1, new VoucherEvent.Issued(terms(), Instant.EPOCH))));
    kit.createTestProbe()
        .awaitAssert(
            LONG,
            Duration.ofMillis(20),
            () -> {
              assertEquals(List.of("issued"), database.column("SELECT state FROM voucher"));
              return true;
            });
  }

  private static VoucherTerms terms() {
    return new VoucherTerms(
        ClassStory.person(1),
        new RegionCode("990101"),
        new OccupationCode("6-31-01-03"),
        4,
        Instant.parse("2026-12-31T16:00:00Z"));
  }

  private static final class CountingFollower
      extends JdbcHandler<List<FeedEnvelope>, TestPool.Session> {
    private final EventGroupHandler<TestPool.Session> follower =
        new EventGroupHandler<>(EventTables::apply);
    private final AtomicInteger failures;

    CountingFollower(AtomicInteger failures) {
      this.failures = failures;
    }

    @Override
    public void process(TestPool.Session session, List<FeedEnvelope> events) throws Exception {
      try {
        follower.process(session, events);
      } catch (IllegalStateException e) {
        failures.incrementAndGet();
        throw e;
      }
    }
  }
}
