package org.skillvoucher.gateway.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.database.Transactions;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;
import org.skillvoucher.gateway.projection.Views.JournalPage;
import org.skillvoucher.gateway.projection.Views.JournalRow;
import org.skillvoucher.gateway.projection.Views.Paging;

class JournalQueryTest {
  private final FollowedJournal journal = new FollowedJournal("journal-query-test");
  private final JdbcViews views =
      new JdbcViews(new Transactions(journal.database.pool, Runnable::run));

  @AfterEach
  void stop() {
    journal.close();
  }

  private static ClassStory story(String id) {
    return new ClassStory(id).opened(2, 1).scanned(0, 0, Act.IN, 5).scanned(1, 0, Act.IN, 6);
  }

  private JournalPage page(Optional<String> cursor, int limit) {
    return views.journal(new Paging(cursor, limit)).toCompletableFuture().join();
  }

  /** Follows the cursors until nothing lies behind a page. */
  private List<JournalRow> all(int limit) {
    List<JournalRow> rows = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    boolean upToDate = false;
    while (!upToDate) {
      JournalPage page = page(cursor, limit);
      assertTrue(page.items().size() <= limit);
      rows.addAll(page.items());
      cursor = Optional.of(page.nextCursor());
      upToDate = page.upToDate();
    }
    return rows;
  }

  private static String nameOf(JournalRow row) {
    return row.entity() + "#" + row.sequence();
  }

  private static String nameOf(FeedEnvelope event) {
    return event.persistenceId() + "#" + event.sequenceNr();
  }

  private static void begin(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("SELECT pg_current_xact_id()");
    }
  }

  @Test
  void pagesOfAnyLengthTogetherAreTheWholeJournalInTheOrderOfItsTransactions() {
    List<FeedEnvelope> written =
        journal.writeInterleaved(
            List.of(story("C1").feed(), story("C2").feed(), story("C3").feed()), new Random(7));
    for (int limit : new int[] {1, 3, written.size() - 1, written.size(), Views.JOURNAL_ROWS_MAX}) {
      assertEquals(
          written.stream().map(JournalQueryTest::nameOf).toList(),
          all(limit).stream().map(JournalQueryTest::nameOf).toList());
    }
    Map<String, Long> last = new HashMap<>();
    for (JournalRow row : all(2)) {
      assertEquals(last.merge(row.entity(), 1L, Long::sum), row.sequence());
    }
  }

  @Test
  void anAttendanceShowsTheReceiptThatWasHandedOut() {
    ClassStory story =
        new ClassStory("C1").opened(2, 1).scanned(0, 0, Act.IN, 5).scannedOffline(1, 0, Act.IN, 6);
    journal.write(story.feed());
    List<Views.Attendance> attendances =
        all(50).stream().flatMap(row -> row.attendance().stream()).toList();
    assertEquals(2, attendances.size());
    assertEquals("in", attendances.getFirst().act());
    assertEquals(ClassStory.person(0).value(), attendances.getFirst().person());
    assertEquals(Optional.empty(), attendances.getFirst().statement(), "no device signed it");
    assertEquals(
        Optional.of(new Views.Statement(ClassStory.DEVICE, 1, 1)),
        attendances.getLast().statement());
    assertTrue(
        story.events.toString().contains(attendances.getLast().receipt()),
        "the record is the event's own");
  }

  @Test
  void whatAnOlderTransactionHoldsBackIsYetToComeAndAppearsInItsPlace() throws SQLException {
    try (Connection older = DriverManager.getConnection(journal.database.url)) {
      begin(older);
      journal.write(story("C1").feed());
      JournalPage held = page(Optional.empty(), 50);
      assertEquals(List.of(), held.items());
      assertFalse(held.upToDate(), "what is committed lies behind the page");
      older.commit();
      JournalPage then = page(Optional.of(held.nextCursor()), 50);
      assertEquals(story("C1").feed().size(), then.items().size());
      assertTrue(then.upToDate());
      assertEquals(List.of(), page(Optional.of(then.nextCursor()), 50).items());
    }
  }

  @Test
  void behindTheEndComesWhatIsWrittenLaterAndWhatWasHeldBack() throws SQLException {
    journal.write(story("C1").feed());
    try (Connection older = DriverManager.getConnection(journal.database.url)) {
      begin(older);
      journal.write(story("C2").feed());
      String end = views.journalEnd().toCompletableFuture().join();
      journal.write(story("C3").feed());
      older.commit();
      assertEquals(
          List.of("class|C2", "class|C3"),
          page(Optional.of(end), 50).items().stream().map(JournalRow::entity).distinct().toList());
      String last = views.journalEnd().toCompletableFuture().join();
      assertEquals(List.of(), page(Optional.of(last), 50).items());
    }
  }

  @Test
  void anEventThatCannotBeDecodedIsListedWithoutItsContent() {
    journal.write(story("C1").feed());
    journal.database.execute(
        "UPDATE event_journal SET event_payload = 'not JSON'::bytea WHERE sequence_number = ?",
        story("C1").feed().size());
    JournalRow last = all(50).getLast();
    assertEquals("class.attended/1", last.event());
    assertEquals(Optional.empty(), last.attendance());
  }

  @Test
  void anotherListsCursorIsNoPlaceInTheJournal() {
    for (String key : List.of("journal:1", "journal:1.x", "journal:-1.2", "receipts:1.2")) {
      String[] parts = key.split(":", 2);
      Optional<String> cursor = Optional.of(new PageCursor(parts[0], parts[1]).encoded());
      assertThrows(
          InvalidCursor.class, () -> JournalQuery.page(noConnection(), new Paging(cursor, 1)));
    }
    assertThrows(IllegalArgumentException.class, () -> page(Optional.empty(), 1_001));
  }

  private Connection noConnection() throws SQLException {
    Connection closed = DriverManager.getConnection(journal.database.url);
    closed.close();
    return closed;
  }
}
