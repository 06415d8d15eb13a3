package org.skillvoucher.gateway.bench;

import com.typesafe.config.Config;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.receipt.ReceiptSealer;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.gateway.bench.AlternatingRounds.Contestant;
import org.skillvoucher.gateway.database.Database;
import org.skillvoucher.gateway.database.DatabaseSettings;
import org.skillvoucher.gateway.entity.EntitySettings;
import org.skillvoucher.gateway.entity.ShardedClasses;
import org.skillvoucher.gateway.journal.event.EventReader;
import org.skillvoucher.gateway.journal.feed.Feed;
import org.skillvoucher.gateway.journal.feed.FeedSettings;

/**
 * Benchmarks of journal and entities in process, each beside its baseline: the database itself, the
 * plugin unchanged, an entity without history. All alternate on one PostgreSQL.
 */
public final class JournalBench implements AutoCloseable {
  private static final int ASKS = 1_024;
  private static final int HISTORY_EVENTS = 500;
  private static final Duration ANSWER_MAX = Duration.ofSeconds(20);

  private final Fixture fixture;
  private final AlternatingRounds rounds;
  private final Amount amount;
  private final List<ClassEvent> scans;
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final Database database;
  private final String plainUrl;
  private final ActorSystem<Void> own;
  private final ActorSystem<Void> plain;

  /**
   * The environment: the gateway's own settings, on an empty database of its schema.
   *
   * @param url of that database, with user and password
   * @param morning when the first lesson of the histories begins; the sealer's key is valid then
   */
  public record Fixture(
      Config config,
      String url,
      DatabaseSettings database,
      FeedSettings feed,
      EntitySettings entity,
      ReceiptSealer sealer,
      Instant morning) {}

  /**
   * The amount of measurement.
   *
   * @param time of one measurement of the journal
   * @param classes activated in one measurement
   * @param passivatedAfter longer than such a measurement takes
   */
  public record Amount(int repetitions, Duration time, int classes, Duration passivatedAfter) {}

  /**
   * Starts two actor systems, ours and one with the plugin's own journal.
   *
   * @param progress receives a line for each measurement
   */
  public JournalBench(Fixture fixture, Amount amount, Consumer<String> progress)
      throws SQLException {
    this.fixture = fixture;
    this.amount = amount;
    this.rounds = new AlternatingRounds(amount.repetitions(), progress);
    this.scans = ClassHistory.scans(fixture.morning(), fixture.sealer(), HISTORY_EVENTS);
    this.database = Database.open(fixture.database());
    this.plainUrl = PlainJournal.create(fixture.url());
    this.own =
        ActorSystem.create(
            Behaviors.empty(),
            "vgw",
            Activation.config(fixture.config(), amount.passivatedAfter()));
    this.plain =
        ActorSystem.create(
            Behaviors.empty(), "plain", PlainJournal.config(fixture.config(), plainUrl));
    var self = Cluster.get(own);
    self.manager().tell(Join.create(self.selfMember().address()));
  }

  /**
   * Operations a second by contestant, in the order of the repetitions.
   *
   * @throws IllegalStateException when a single request failed
   */
  public Map<String, List<Double>> measure() throws Exception {
    journal();
    activation();
    return rounds.samples();
  }

  private void journal() throws Exception {
    var raw = new RawInserts(fixture.url(), own, scans);
    var actors = actors(own, Set.of());
    var taggedActors = actors(plain, Set.of(PlainJournal.TAG));
    var feed = new Feed(database, blocking, fixture.feed());
    rounds.run(
        List.of(
            new Contestant(
                "raw inserts", () -> timed(fixture.url(), () -> raw.during(amount.time()))),
            new Contestant("journal", () -> timed(fixture.url(), () -> keep(own, actors))),
            new Contestant(
                "journal followed",
                () ->
                    timed(
                        fixture.url(),
                        () -> {
                          try (var followers = Followers.start(own, feed)) {
                            long kept = keep(own, actors);
                            followers.awaitEach(kept);
                            return kept;
                          }
                        })),
            new Contestant(
                "plugin with one tag", () -> timed(plainUrl, () -> keep(plain, taggedActors)))));
  }

  private long keep(ActorSystem<?> system, List<ActorRef<JournalActor.Keep>> actors)
      throws InterruptedException {
    return ClosedLoop.during(
        amount.time(),
        actors.size(),
        actor -> {
          var scan = scans.get((int) (System.nanoTime() % scans.size()));
          return AskPattern.<JournalActor.Keep, Done>ask(
              actors.get(actor),
              replyTo -> new JournalActor.Keep(List.of(scan), replyTo),
              ANSWER_MAX,
              system.scheduler());
        });
  }

  private static List<ActorRef<JournalActor.Keep>> actors(ActorSystem<?> system, Set<String> tags) {
    return IntStream.range(0, ASKS)
        .mapToObj(
            number ->
                system.<JournalActor.Keep>systemActorOf(
                    JournalActor.writer("bench|" + number, tags),
                    "writer-" + number,
                    Props.empty()))
        .toList();
  }

  private void activation() throws Exception {
    int snapshotEvery = fixture.entity().snapshotEvery();
    clear(fixture.url());
    var classes =
        ShardedClasses.start(
            own, fixture.sealer(), new EventReader(database, blocking), fixture.entity());
    var activation = new Activation(own, classes, fixture.url());
    List<ClassId> empty = Activation.ids("E", amount.classes());
    List<ClassId> fresh = Activation.ids("S", amount.classes());
    List<ClassId> between = Activation.ids("B", amount.classes());
    activation.write(fresh, history(HISTORY_EVENTS), snapshotEvery);
    activation.write(between, history(HISTORY_EVENTS + snapshotEvery / 2), snapshotEvery);
    rounds.run(
        List.of(
            new Contestant(
                "empty entity",
                () -> {
                  activation.awaitPassivated();
                  return activation.wake(empty);
                }),
            new Contestant("500 events, snapshot", () -> activation.wake(fresh)),
            new Contestant("half a snapshot later", () -> activation.wake(between))));
  }

  private List<ClassEvent> history(int events) {
    return ClassHistory.of(fixture.morning(), fixture.sealer(), events);
  }

  /** Events a second, on empty tables and after a checkpoint. */
  private static double timed(String url, Callable<Long> events) throws Exception {
    clear(url);
    long start = System.nanoTime();
    long count = events.call();
    return count / ((System.nanoTime() - start) / 1e9);
  }

  private static void clear(String url) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("TRUNCATE event_journal CASCADE");
      statement.execute("CHECKPOINT");
    }
  }

  @Override
  public void close() {
    for (ActorSystem<Void> system : List.of(own, plain)) {
      system.terminate();
      var unused =
          system
              .getWhenTerminated()
              .toCompletableFuture()
              .completeOnTimeout(Done.getInstance(), ANSWER_MAX.toSeconds(), TimeUnit.SECONDS)
              .join();
    }
    database.close();
    blocking.close();
  }
}
