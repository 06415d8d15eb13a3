package org.skillvoucher.gateway.journal.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.pekko.persistence.jdbc.journal.dao.JournalTables.JournalPekkoSerializationRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.gateway.TestPostgres;
import org.skillvoucher.gateway.journal.Eventually;
import org.skillvoucher.gateway.journal.JournalRows;
import org.skillvoucher.gateway.journal.Wire;
import org.skillvoucher.gateway.journal.feed.TestTable;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.BoxedUnit;

/** One writer, whose batches the tests make by holding the table while writes pile up. */
class JournalWriterTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final TestTable table = new TestTable(TestPostgres.freshDatabase());
  private final List<JournalWriter> writers = new ArrayList<>();

  @AfterEach
  void close() {
    writers.forEach(JournalWriter::close);
  }

  @Test
  void aWriteCompletesWhenItsRowsAreDurableInTheirOrder() throws Exception {
    var writer = writer(new JournalSettings(1, 100, 100, LONG, LONG));
    done(writer.write(LongStream.rangeClosed(1, 250).mapToObj(n -> row("class|A", n)).toList()));
    assertEquals(
        List.of("250 1 250 true"),
        table.query(
            """
            SELECT concat_ws(' ', count(*), min(sequence_number), max(sequence_number),
                             bool_and(follows)::text)
              FROM (SELECT sequence_number,
                           sequence_number > lag(sequence_number, 1, 0::bigint)
                                               OVER (ORDER BY tx, ordering) AS follows
                      FROM event_journal) rows"""));
  }

  @Test
  void writesThatWaitShareAStatement() throws Exception {
    var writer = writer(new JournalSettings(1, 100, 1000, LONG, LONG));
    List<CompletableFuture<BoxedUnit>> writes = new ArrayList<>();
    try (var _ = table.hold()) {
      writes.add(write(writer, row("class|first", 1)));
      untilTaken(writer);
      IntStream.range(0, 250).forEach(n -> writes.add(write(writer, row("class|" + n, 1))));
    }
    for (var write : writes) {
      write.get(10, TimeUnit.SECONDS);
    }
    assertEquals(4, writer.meters().batches()); // 1, 100, 100, 50
    assertEquals(List.of("4"), table.query("SELECT count(DISTINCT tx) FROM event_journal"));
  }

  @Test
  void badRowsOfABatchFailAloneAndTheOthersAreWritten() throws Exception {
    var writer = writer(new JournalSettings(1, 1000, 1000, LONG, LONG));
    done(writer.write(List.of(row("class|taken", 1))));
    List<CompletableFuture<BoxedUnit>> good = new ArrayList<>();
    CompletableFuture<BoxedUnit> taken;
    CompletableFuture<BoxedUnit> tooLong;
    CompletableFuture<BoxedUnit> unprintable;
    try (var _ = table.hold()) {
      good.add(write(writer, row("class|first", 1)));
      untilTaken(writer);
      IntStream.range(0, 40).forEach(n -> good.add(write(writer, row("class|" + n, 1))));
      taken = write(writer, row("class|taken", 1));
      tooLong = write(writer, row("class|" + "x".repeat(300), 1));
      IntStream.range(40, 70).forEach(n -> good.add(write(writer, row("class|" + n, 1))));
      unprintable = write(writer, row("class|\0", 1));
    }
    for (var write : good) {
      write.get(10, TimeUnit.SECONDS);
    }
    assertEquals("23505", stateOf(taken));
    assertEquals("22001", stateOf(tooLong));
    assertEquals("22021", stateOf(unprintable));
    assertEquals(List.of("72"), table.query("SELECT count(*) FROM event_journal"));
    assertEquals(1, writer.meters().connections());
  }

  @Test
  void oneBadRowTakesTheOthersOfItsOwnWriteWithIt() throws Exception {
    var writer = writer(new JournalSettings(1, 100, 100, LONG, LONG));
    var write = writer.write(List.of(row("class|A", 1), row("class|A", 1)));
    assertEquals("23505", stateOf(FutureConverters.asJava(write).toCompletableFuture()));
    assertEquals(List.of("0"), table.query("SELECT count(*) FROM event_journal"));
  }

  @Test
  void pastTheQueueAWriteFailsAtOnceAndNothingElseDoes() throws Exception {
    var writer = writer(new JournalSettings(1, 1, 3, LONG, LONG));
    List<CompletableFuture<BoxedUnit>> waiting = new ArrayList<>();
    try (var _ = table.hold()) {
      waiting.add(write(writer, row("class|first", 1)));
      untilTaken(writer);
      IntStream.range(0, 3).forEach(n -> waiting.add(write(writer, row("class|" + n, 1))));
      var oneMore = write(writer, row("class|more", 1));
      assertTrue(oneMore.isDone());
      assertInstanceOf(JournalWriter.NotWritten.class, failure(oneMore));
      assertEquals(3, writer.meters().queued());
    }
    for (var write : waiting) {
      write.get(10, TimeUnit.SECONDS);
    }
    done(writer.write(List.of(row("class|more", 1))));
  }

  @Test
  void aLostConnectionIsMadeAgainAndOneThatRestedIsAskedFirst() throws Exception {
    var writer = writer(new JournalSettings(1, 100, 100, LONG, LONG));
    done(writer.write(List.of(row("class|A", 1))));
    CompletableFuture<BoxedUnit> broken;
    try (var _ = table.hold()) {
      broken = write(writer, row("class|A", 2));
      untilTaken(writer);
      table.endWriters();
    }
    assertInstanceOf(SQLException.class, failure(broken));
    done(writer.write(List.of(row("class|A", 2))));
    assertEquals(2, writer.meters().connections());

    table.endWriters();
    Eventually.pauseMillis(JournalWriter.RESTED.toMillis());
    done(writer.write(List.of(row("class|A", 3))));
    assertEquals(3, writer.meters().connections());
  }

  @Test
  void aStatementThatTakesTooLongIsEndedAndNotMadeAfterwards() throws Exception {
    var writer = writer(new JournalSettings(1, 100, 100, LONG, Duration.ofMillis(200)));
    CompletableFuture<BoxedUnit> ended;
    try (var _ = table.hold()) {
      ended = write(writer, row("class|A", 1));
      assertEquals("25P04", stateOf(ended));
    }
    assertEquals(List.of("0"), table.query("SELECT count(*) FROM event_journal"));
    done(writer.write(List.of(row("class|A", 1))));
  }

  @Test
  void aWriteThatWaitedTooLongIsNotBegun() throws Exception {
    var writer = writer(new JournalSettings(1, 1, 100, Duration.ofMillis(300), LONG));
    CompletableFuture<BoxedUnit> first;
    CompletableFuture<BoxedUnit> late;
    try (var _ = table.hold()) {
      first = write(writer, row("class|A", 1));
      untilTaken(writer);
      late = write(writer, row("class|B", 1));
      Eventually.pauseMillis(400);
    }
    first.get(10, TimeUnit.SECONDS);
    assertInstanceOf(JournalWriter.NotWritten.class, failure(late));
    assertEquals(List.of("class|A"), table.query("SELECT persistence_id FROM event_journal"));
  }

  @Test
  void withoutADatabaseAWriteWaitsForOneAndThenGivesUp() throws Exception {
    var address = URI.create(table.url().substring("jdbc:".length()));
    try (var wire = new Wire(address.getPort())) {
      wire.refuse(true);
      var url = "jdbc:postgresql://127.0.0.1:" + wire.port() + address.getPath();
      var writer = start(url, new JournalSettings(1, 100, 100, Duration.ofSeconds(1), LONG));
      var late = write(writer, row("class|A", 1));
      assertInstanceOf(JournalWriter.NotWritten.class, failure(late));
      var patient = write(writer, row("class|B", 1));
      assertFalse(patient.isDone());
      wire.refuse(false);
      patient.get(10, TimeUnit.SECONDS);
    }
    assertEquals(List.of("class|B"), table.query("SELECT persistence_id FROM event_journal"));
  }

  @Test
  void closingWritesWhatWaitsAndRefusesWhatComesLater() throws Exception {
    var writer = writer(new JournalSettings(2, 2, 100, LONG, LONG));
    List<CompletableFuture<BoxedUnit>> waiting = new ArrayList<>();
    CompletableFuture<Void> closing;
    try (var _ = table.hold()) {
      IntStream.range(0, 9).forEach(n -> waiting.add(write(writer, row("class|" + n, 1))));
      closing = CompletableFuture.runAsync(writer::close);
      Eventually.check(LONG, "nothing is taken any more", () -> refuses(writer));
    }
    closing.get(10, TimeUnit.SECONDS);
    for (var write : waiting) {
      write.get(10, TimeUnit.SECONDS);
    }
    assertEquals(
        List.of("9"),
        table.query("SELECT count(*) FROM event_journal WHERE persistence_id <> 'class|late'"));
  }

  private static boolean refuses(JournalWriter writer) {
    return write(writer, row("class|late", 1)).isCompletedExceptionally();
  }

  private JournalWriter writer(JournalSettings settings) {
    return start(table.url(), settings);
  }

  private JournalWriter start(String url, JournalSettings settings) {
    var address = new JournalInsert.Address(url, "postgres", "postgres");
    var writer = JournalWriter.start(address, settings);
    writers.add(writer);
    return writer;
  }

  private static void untilTaken(JournalWriter writer) {
    Eventually.check(LONG, "the first write is taken", () -> writer.meters().queued() == 0);
  }

  private static CompletableFuture<BoxedUnit> write(
      JournalWriter writer, JournalPekkoSerializationRow row) {
    return FutureConverters.asJava(writer.write(List.of(row))).toCompletableFuture();
  }

  private static void done(scala.concurrent.Future<BoxedUnit> write) throws Exception {
    FutureConverters.asJava(write).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static String stateOf(CompletableFuture<BoxedUnit> write) throws Exception {
    return assertInstanceOf(SQLException.class, failure(write)).getSQLState();
  }

  private static Throwable failure(CompletableFuture<BoxedUnit> write) throws Exception {
    write.exceptionally(made -> BoxedUnit.UNIT).get(10, TimeUnit.SECONDS);
    return write.exceptionNow();
  }

  private static JournalPekkoSerializationRow row(String persistenceId, long sequenceNr) {
    return JournalRows.row(persistenceId, sequenceNr);
  }
}
