package org.skillvoucher.gateway.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.projection.ProjectionBehavior;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.database.Transactions;
import org.skillvoucher.gateway.journal.feed.Feed;
import org.skillvoucher.gateway.projection.ClassStory;
import org.skillvoucher.gateway.projection.FollowedJournal;
import org.skillvoucher.gateway.projection.ReadModels;

/** The follower over a real journal, beside read models that lag. */
class EvidenceFollowerTest {
  private static final int SLICES = 2;
  private static final int CLASSES = 6;
  private static final Duration LONG = Duration.ofSeconds(60);

  private final FollowedJournal journal = new FollowedJournal("evidence-test");
  private final Feed feed = journal.feed(SLICES);
  private final AtomicInteger transactions = new AtomicInteger();

  @AfterEach
  void stop() {
    journal.close();
  }

  private List<ActorRef<ProjectionBehavior.Command>> follow() {
    Executor counting =
        task -> {
          transactions.incrementAndGet();
          Thread.startVirtualThread(task);
        };
    var follower =
        new EvidenceFollower(
            journal.kit.system(),
            new Transactions(journal.database.pool, counting),
            ClassStory::digest);
    List<ActorRef<ProjectionBehavior.Command>> started = new ArrayList<>();
    for (int slice = 0; slice < SLICES; slice++) {
      started.add(
          journal.kit.spawn(
              ProjectionBehavior.create(
                  EvidenceFollower.projection(
                      journal.kit.system(), feed, slice, journal.database::session, follower))));
    }
    return started;
  }

  private void startReadModels() {
    ReadModels.init(journal.kit.system(), feed, journal.real, FollowedJournal.SETTINGS);
  }

  private static ClassStory story(String id) {
    return new ClassStory(id)
        .opened(2, 1)
        .scanned(0, 0, Act.IN, 0)
        .scanned(1, 0, Act.IN, 1)
        .scanned(0, 0, Act.OUT, 0)
        .closed();
  }

  private void write(int from, int to) {
    journal.writeInterleaved(
        IntStream.range(from, to).mapToObj(n -> story("C" + n).feed()).toList(), new Random(from));
  }

  private void await(Runnable assertions) {
    journal
        .kit
        .createTestProbe()
        .awaitAssert(
            LONG,
            Duration.ofMillis(20),
            () -> {
              assertions.run();
              return true;
            });
  }

  private void awaitEvidence(int classes) {
    await(() -> assertEquals(Integer.toString(classes), count("evidence")));
  }

  private String count(String table) {
    return journal.database.one("SELECT count(*) FROM " + table);
  }

  /** Every row with the transaction that wrote it last. */
  private List<String> rows() {
    return journal.database.column("SELECT xmin || evidence::text FROM evidence ORDER BY 1");
  }

  @Test
  void aClassClosedWhileTheReadModelsLagHasItsEvidenceOnceTheyCatchUp() {
    follow();
    write(0, CLASSES);
    await(() -> assertTrue(transactions.get() > 3 * SLICES, "attempts: " + transactions.get()));
    assertEquals("0", count("evidence"));
    startReadModels();
    awaitEvidence(CLASSES);
    List<String> first = rows();
    write(CLASSES, CLASSES + 1);
    awaitEvidence(CLASSES + 1);
    assertTrue(rows().containsAll(first));
  }

  @Test
  void followingTheJournalFromItsBeginningAgainChangesNothing() {
    startReadModels();
    List<ActorRef<ProjectionBehavior.Command>> followers = follow();
    write(0, CLASSES);
    awaitEvidence(CLASSES);
    var probe = journal.kit.createTestProbe();
    for (var follower : followers) {
      follower.tell(ProjectionBehavior.stopMessage());
      probe.expectTerminated(follower, LONG);
    }
    // As an earlier version left it: evidence sent and stored, and no offset of this projection.
    journal.database.execute(
        "DELETE FROM pekko_projection_offset_store WHERE projection_name = ?",
        EvidenceFollower.NAME);
    journal.database.execute(
        "UPDATE evidence SET state = 'delivered', acknowledgement = '{}', content_hash = 'old'");
    List<String> before = rows();
    transactions.set(0);
    follow();
    write(CLASSES, CLASSES + 4);
    awaitEvidence(CLASSES + 4);
    assertTrue(transactions.get() >= CLASSES + 4, "transactions: " + transactions.get());
    assertTrue(rows().containsAll(before));
  }
}
