package org.skillvoucher.gateway.projection;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.OccupationCode;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.voucher.VoucherPlaces;
import org.skillvoucher.gateway.security.Caller;

/** The queries over the read models, which lag behind the journal by a moment. */
public interface Views {
  /**
   * A page of a list.
   *
   * @param nextCursor opaque; empty on the last page
   */
  record Page<T>(List<T> items, Optional<String> nextCursor) {}

  /**
   * The start and length of a page.
   *
   * @param cursor the last page's {@code nextCursor}; empty for the first page
   * @param limit 1 to 200
   */
  record Paging(Optional<String> cursor, int limit) {}

  record VoucherRow(
      String voucherId,
      String state,
      String holder,
      String region,
      String occupation,
      int level,
      Instant expiresAt,
      Optional<String> classId,
      Optional<VoucherPlaces> places) {}

  /** What the vouchers of one authority in one year (Asia/Shanghai) have in common. */
  record VoucherKind(RegionCode region, OccupationCode occupation, int level, int year) {}

  /**
   * A lesson of another class at the hours of one of this class.
   *
   * @param lesson of the other class
   * @param own lesson of this class
   */
  record Overlap(
      PersonPseudonym person,
      ClassId classId,
      LessonId lesson,
      Instant startsAt,
      Instant endsAt,
      LessonId own) {}

  /** Which of a person's other classes count for {@link #overlaps}. */
  enum OtherClasses {
    /** Those on whose roster the person is. */
    ENROLLED,
    /** Those to which a voucher of the person is bound. */
    BOUND
  }

  record ClassRow(
      String classId,
      String state,
      String institution,
      String region,
      String occupation,
      int level,
      String title,
      long receipts) {}

  /** A receipt with its institution and region. */
  record ReceiptRow(
      String receiptId,
      String classId,
      String institution,
      String region,
      long sequence,
      String record,
      String payloadHash) {}

  /**
   * Evidence of one closed class on its way downstream.
   *
   * @param content canonical JSON; empty in a list, whole when asked for by its id
   * @param state pending, accepted (2xx without an acknowledgement), delivered or parked
   * @param lastError why the last attempt failed; empty if none did
   * @param cause the same in one word, by which parked messages are released together
   * @param acknowledgement the downstream system's response, unchanged; empty until delivered
   */
  record EvidenceRow(
      String evidenceId,
      String classId,
      String institution,
      String region,
      String contentHash,
      String content,
      String state,
      int attempts,
      Optional<String> lastError,
      Optional<String> cause,
      Optional<String> acknowledgement) {}

  record InstitutionRow(String creditCode, String region, String name, int edition, String state) {}

  /**
   * A correction (更正), with the second person's decision.
   *
   * @param state proposed, approved, declined, or dropped by the closing of the class
   */
  record CorrectionRow(
      String correctionId,
      String person,
      String lesson,
      String kind,
      String reason,
      String by,
      Instant at,
      String state,
      Optional<String> decidedBy,
      Optional<String> decidedReason,
      Optional<Instant> decidedAt) {}

  /**
   * A flag (预警).
   *
   * @param facts JSON
   * @param state open, cleared, confirmed or dismissed
   */
  record FlagRow(
      String flagId,
      String kind,
      int level,
      String classId,
      String institution,
      String region,
      Optional<String> lesson,
      Optional<String> person,
      Optional<String> device,
      String facts,
      Instant raisedAt,
      String state,
      Optional<String> decidedBy,
      Optional<String> reason,
      Optional<Instant> decidedAt) {}

  /** The flags of a list. */
  record FlagFilter(Optional<ClassId> classId, Optional<String> kind, Optional<String> state) {}

  /**
   * The attendance sheet (考勤表, R42) of a class, or of some of its people, in the roster's order.
   *
   * @param rules what the class was filed under: the length of a class hour, the threshold
   * @param remarks by person; absent for people without remarks
   * @param nextCursor empty when no more people follow
   */
  record ClassSheet(
      ClassRules rules,
      AttendanceSheet sheet,
      Map<PersonPseudonym, Remark> remarks,
      Optional<String> nextCursor) {
    public Remark remark(PersonPseudonym person) {
      return remarks.getOrDefault(person, Remark.NONE);
    }
  }

  /**
   * The remarks beside a person's numbers.
   *
   * @param captured offline statements captured and not verified (未核验留存), which do not count
   * @param correctionsPending corrections (更正) that wait for a second person, and do not count yet
   * @param flagsOpen flags (预警) not yet decided
   * @param flagsConfirmed confirmed flags
   * @param flagIds of both, at most twenty
   */
  record Remark(
      int captured,
      int correctionsPending,
      int flagsOpen,
      int flagsConfirmed,
      List<String> flagIds) {
    public static final Remark NONE = new Remark(0, 0, 0, 0, List.of());
  }

  CompletionStage<Page<InstitutionRow>> institutions(Caller.Scope scope, Paging paging);

  CompletionStage<Page<CorrectionRow>> corrections(ClassId classId, Paging paging);

  CompletionStage<Page<FlagRow>> flags(Caller.Scope scope, FlagFilter filter, Paging paging);

  CompletionStage<Optional<FlagRow>> flag(String flagId);

  CompletionStage<Page<VoucherRow>> vouchers(
      Caller.Scope scope, Optional<String> state, Paging paging);

  /** The vouchers that a person may yet bind, at most fifty. */
  CompletionStage<List<VoucherRow>> vouchersToBind(Caller.Scope scope, PersonPseudonym holder);

  /** The vouchers of a kind that people have, whatever became of them; by person. */
  CompletionStage<Map<PersonPseudonym, List<VoucherId>>> vouchersOf(
      VoucherKind kind, List<PersonPseudonym> holders);

  /**
   * The first lesson of each person in another approved or open class which intersects with a
   * lesson of this class.
   *
   * @param scope whose classes are compared
   * @param others {@code ENROLLED} leaves out the people who are on this class's roster already
   */
  CompletionStage<Map<PersonPseudonym, Overlap>> overlaps(
      Caller.Scope scope,
      OtherClasses others,
      ClassId classId,
      List<Lesson> lessons,
      List<PersonPseudonym> people);

  CompletionStage<Page<ClassRow>> classes(
      Caller.Scope scope, Optional<String> state, Paging paging);

  CompletionStage<Optional<ReceiptRow>> receipt(String receiptId);

  CompletionStage<Page<ReceiptRow>> receipts(ClassId classId, Paging paging);

  /** A page of a class's sheet; empty for an unknown class. */
  CompletionStage<Optional<ClassSheet>> sheet(ClassId classId, Paging paging);

  /** A class's whole sheet, which its roster bounds; empty for an unknown class. */
  CompletionStage<Optional<ClassSheet>> wholeSheet(ClassId classId);

  CompletionStage<Optional<EvidenceRow>> evidence(String evidenceId);

  CompletionStage<Page<EvidenceRow>> evidences(
      Caller.Scope scope, Optional<ClassId> classId, Optional<String> state, Paging paging);

  /**
   * A page of the journal (流水).
   *
   * @param nextCursor the start of the next page; never absent, because the journal grows
   * @param upToDate whether no row followed this page when it was read; rows that are committed but
   *     held back by an older transaction count as following it
   */
  record JournalPage(List<JournalRow> items, String nextCursor, boolean upToDate) {}

  /**
   * One event.
   *
   * @param entity its persistence id, for example {@code class|C0123}
   * @param sequence its number within that entity, from 1 without a gap
   * @param event its name and version, for example {@code class.attended/1}
   * @param writtenAt when it was written, by the machine's clock and not business time
   * @param attendance of attendances only; absent also where the event cannot be decoded
   */
  record JournalRow(
      String entity,
      long sequence,
      String event,
      Instant writtenAt,
      Optional<Attendance> attendance) {}

  /**
   * The proofs of an attendance.
   *
   * @param receipt the receipt record, base64url
   * @param statement absent where no device signed
   */
  record Attendance(
      String receipt, String person, String lesson, String act, Optional<Statement> statement) {}

  /** The identity of a device's statement. */
  record Statement(String device, long epoch, long counter) {}

  /** The longest page of the journal. */
  int JOURNAL_ROWS_MAX = 1_000;

  /**
   * The events of all entities in an order in which none can appear before one already returned;
   * those of one entity in their order.
   *
   * @param paging at most {@link #JOURNAL_ROWS_MAX} rows
   */
  CompletionStage<JournalPage> journal(Paging paging);

  /**
   * The journal's end as a cursor: events not yet written follow it, and those which an older
   * transaction holds back.
   */
  CompletionStage<String> journalEnd();
}
