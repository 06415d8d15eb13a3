package org.skillvoucher.gateway.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.database.Transactions;
import org.skillvoucher.gateway.projection.Views.ClassSheet;
import org.skillvoucher.gateway.projection.Views.Paging;
import org.skillvoucher.gateway.projection.Views.Remark;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClassSheetTest {
  private static final ClassId CLASS = new ClassId("C1");
  private static final int PEOPLE = 23;

  private final TestPool database = new TestPool();
  private final JdbcViews views = new JdbcViews(new Transactions(database.pool, Runnable::run));

  @BeforeAll
  void fill() throws SQLException {
    ClassStory story = new ClassStory("C1").opened(PEOPLE, 2);
    for (int person = 0; person < PEOPLE; person += 2) {
      story.scanned(person, 0, Act.IN, 0).scanned(person, 0, Act.OUT, 0);
    }
    database.apply(story.feed());
    remark(0);
    remark(1);
  }

  private void remark(int person) {
    String name = ClassStory.person(person).value();
    for (int n = 0; n < 25; n++) {
      database.execute(
          """
          INSERT INTO flag (flag_id, kind, level, class_id, institution, region, person, facts,
            raised_at, state, decided_by)
          VALUES (?, 'velocity', 1, 'C1', 'i', 'r', ?, '{}', 'then', ?, nullif(?, ''))""",
          "F%d-%02d".formatted(person, n),
          name,
          n < 3 ? "confirmed" : n < 5 ? "dismissed" : n < 6 ? "cleared" : "open",
          n < 5 ? "T1" : "");
    }
    for (int n = 0; n < 4; n++) {
      database.execute(
          "INSERT INTO set_aside VALUES ('C1', ?, ?, ?, 'L0', 'in', ?, 0)",
          "D-" + person,
          (long) n,
          name,
          n < 3 ? "captured" : "repeated");
      database.execute(
          """
          INSERT INTO correction
            (class_id, correction_id, person, lesson, kind, reason, proposed_by, proposed_at)
          VALUES ('C1', ?, ?, 'L1', 'back_fill', 'r', 'T1', 'then')""",
          "K%d-%d".formatted(person, n),
          name);
    }
    database.execute(
        """
        UPDATE correction SET approved = true, decided_by = 'T2', decided_at = '2026-03-09T01:00:00Z'
        WHERE correction_id = ?""",
        "K" + person + "-0");
  }

  @AfterAll
  void stop() {
    database.close();
  }

  private ClassSheet page(Optional<String> cursor, int limit) {
    return views.sheet(CLASS, new Paging(cursor, limit)).toCompletableFuture().join().orElseThrow();
  }

  private ClassSheet whole() {
    return views.wholeSheet(CLASS).toCompletableFuture().join().orElseThrow();
  }

  @Test
  void pagesTogetherAreTheWholeSheetInTheRostersOrder() {
    List<AttendanceSheet.Row> lines = whole().sheet().rows();
    assertEquals(
        ClassStory.people(PEOPLE), lines.stream().map(AttendanceSheet.Row::person).toList());
    for (int limit : new int[] {1, 7, PEOPLE - 1, PEOPLE, 200}) {
      List<AttendanceSheet.Row> paged = new ArrayList<>();
      Optional<String> cursor = Optional.empty();
      do {
        ClassSheet page = page(cursor, limit);
        assertTrue(page.sheet().rows().size() <= limit);
        assertEquals(whole().sheet().minutesPlanned(), page.sheet().minutesPlanned());
        paged.addAll(page.sheet().rows());
        cursor = page.nextCursor();
      } while (cursor.isPresent());
      assertEquals(lines, paged);
    }
    assertTrue(whole().nextCursor().isEmpty());
  }

  @Test
  void aPageHasTheRemarksOfItsPeople() {
    Remark remark = page(Optional.empty(), 1).remark(ClassStory.person(0));
    assertEquals(new Remark(3, 3, 19, 3, remark.flagIds()), remark);
    assertEquals(20, remark.flagIds().size());
    assertEquals("F0-00", remark.flagIds().getFirst());
    assertEquals(1, page(Optional.empty(), 1).remarks().size());
    assertEquals(2, whole().remarks().size());
    assertEquals(Remark.NONE, whole().remark(ClassStory.person(2)));
  }

  @Test
  void anApprovedCorrectionCountsAndTheScansStayToBeSeen() {
    AttendanceSheet.Row line = whole().sheet().rows().getFirst();
    assertEquals(90 + 91, line.minutesAttended());
    assertEquals(new AttendanceSheet.Detail(90, 91, 90, 1, 1, 0, 0), line.detail());
  }

  @Test
  void theSheetKnowsTheRulesTheClassWasFiledUnder() {
    assertEquals(ClassStory.RULES, whole().rules());
  }

  @Test
  void anUnknownClassHasNoPages() {
    var nobody = views.sheet(new ClassId("nobody"), new Paging(Optional.empty(), 10));
    assertTrue(nobody.toCompletableFuture().join().isEmpty());
  }

  @Test
  void anotherListsCursorIsNone() {
    for (String cursor :
        List.of(
            new PageCursor("receipts", "3").encoded(),
            new PageCursor("sheet", "x").encoded(),
            "nonsense")) {
      Paging paging = new Paging(Optional.of(cursor), 10);
      assertThrows(InvalidCursor.class, () -> views.sheet(CLASS, paging));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> views.sheet(CLASS, new Paging(Optional.empty(), 201)));
  }

  @Test
  void onlyTheirOwnScansAreCountedForAPage() {
    String second = page(Optional.empty(), 1).nextCursor().orElseThrow();
    AttendanceSheet.Row line = page(Optional.of(second), 1).sheet().rows().getFirst();
    PersonPseudonym person = line.person();
    assertEquals(ClassStory.person(1), person);
    assertEquals(0, line.detail().minutesScanned());
  }
}
