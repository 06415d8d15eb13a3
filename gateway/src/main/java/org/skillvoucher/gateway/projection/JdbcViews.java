package org.skillvoucher.gateway.projection;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.database.Transactions;
import org.skillvoucher.gateway.security.Caller;

/** The views in PostgreSQL. Lists are ordered by id and continue after a key. */
public final class JdbcViews implements Views {
  private static final int LIMIT_MAX = 200;

  private static final String RECEIPT =
      """
      SELECT receipt_id, class_id, institution, region, sequence, record, payload_hash
      FROM (SELECT r.receipt_id, r.class_id, c.institution, c.region, r.sequence, r.record,
              r.payload_hash
            FROM receipt r JOIN training_class c USING (class_id)) AS receipt""";

  private final Transactions transactions;

  public JdbcViews(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public CompletionStage<Page<InstitutionRow>> institutions(Caller.Scope scope, Paging paging) {
    var list =
        new KeyedList<>(
            "institutions",
            "SELECT credit_code, region, name, edition, state FROM institution",
            "credit_code",
            FieldRows::institution,
            InstitutionRow::creditCode);
    return page(list, Filter.of(scope, "credit_code = ?"), paging);
  }

  @Override
  public CompletionStage<Page<CorrectionRow>> corrections(ClassId classId, Paging paging) {
    var list =
        new KeyedList<>(
            "corrections",
            "SELECT * FROM correction",
            "correction_id",
            FieldRows::correction,
            CorrectionRow::correctionId);
    return page(list, Filter.where("class_id = ?", classId.value()), paging);
  }

  @Override
  public CompletionStage<Page<FlagRow>> flags(Caller.Scope scope, FlagFilter asked, Paging paging) {
    var list =
        new KeyedList<>("flags", "SELECT * FROM flag", "flag_id", FieldRows::flag, FlagRow::flagId);
    Filter filter =
        Filter.of(scope)
            .with("class_id = ?", asked.classId().map(ClassId::value))
            .with("kind = ?", asked.kind())
            .with("state = ?", asked.state());
    return page(list, filter, paging);
  }

  @Override
  public CompletionStage<Optional<FlagRow>> flag(String flagId) {
    return transactions.run(
        connection ->
            first(
                Sql.query(
                    connection, "SELECT * FROM flag WHERE flag_id = ?", FieldRows::flag, flagId)));
  }

  @Override
  public CompletionStage<Page<VoucherRow>> vouchers(
      Caller.Scope scope, Optional<String> state, Paging paging) {
    var list =
        new KeyedList<>(
            "vouchers",
            VoucherQueries.SELECT,
            "voucher_id",
            VoucherQueries::row,
            VoucherRow::voucherId);
    Filter filter = Filter.of(scope, VoucherQueries.OF_INSTITUTION).with("state = ?", state);
    return page(list, filter, paging);
  }

  @Override
  public CompletionStage<List<VoucherRow>> vouchersToBind(
      Caller.Scope scope, PersonPseudonym holder) {
    return transactions.run(connection -> VoucherQueries.toBind(connection, scope, holder));
  }

  @Override
  public CompletionStage<Map<PersonPseudonym, List<VoucherId>>> vouchersOf(
      VoucherKind kind, List<PersonPseudonym> holders) {
    return transactions.run(connection -> VoucherQueries.issued(connection, kind, holders));
  }

  @Override
  public CompletionStage<Map<PersonPseudonym, Overlap>> overlaps(
      Caller.Scope scope,
      OtherClasses others,
      ClassId classId,
      List<Lesson> lessons,
      List<PersonPseudonym> people) {
    var compared = new VoucherQueries.Compared(scope, others, classId);
    return transactions.run(
        connection -> VoucherQueries.overlaps(connection, compared, lessons, people));
  }

  @Override
  public CompletionStage<Page<ClassRow>> classes(
      Caller.Scope scope, Optional<String> state, Paging paging) {
    var list =
        new KeyedList<>(
            "classes",
            """
            SELECT class_id, state, institution, region, occupation, level, title, receipts
            FROM training_class""",
            "class_id",
            JdbcViews::trainingClass,
            ClassRow::classId);
    return page(list, Filter.of(scope).with("state = ?", state), paging);
  }

  @Override
  public CompletionStage<Optional<ReceiptRow>> receipt(String receiptId) {
    return transactions.run(
        connection ->
            first(
                Sql.query(
                    connection, RECEIPT + " WHERE receipt_id = ?", JdbcViews::receipt, receiptId)));
  }

  @Override
  public CompletionStage<Page<ReceiptRow>> receipts(ClassId classId, Paging paging) {
    var list =
        new KeyedList<>(
            "receipts",
            RECEIPT,
            "sequence",
            JdbcViews::receipt,
            row -> Long.toString(row.sequence()));
    Filter filter = Filter.where("class_id = ?", classId.value());
    paging
        .cursor()
        .ifPresent(cursor -> filter.with("sequence > ?", PageCursor.number("receipts", cursor)));
    return page(list, filter, paging.limit());
  }

  @Override
  public CompletionStage<Optional<ClassSheet>> sheet(ClassId classId, Paging paging) {
    checkLimit(paging.limit());
    long after =
        paging.cursor().map(cursor -> PageCursor.number(SheetTables.LIST, cursor)).orElse(0L);
    return sheet(classId, new SheetTables.Span(after, paging.limit()));
  }

  @Override
  public CompletionStage<Optional<ClassSheet>> wholeSheet(ClassId classId) {
    return sheet(classId, SheetTables.Span.ALL);
  }

  private CompletionStage<Optional<ClassSheet>> sheet(ClassId classId, SheetTables.Span span) {
    return transactions.run(
        connection -> {
          Sql.readOneSnapshot(connection);
          return SheetTables.sheet(connection, classId.value(), span);
        });
  }

  @Override
  public CompletionStage<Optional<EvidenceRow>> evidence(String evidenceId) {
    return transactions.run(
        connection ->
            first(
                Sql.query(
                    connection,
                    "SELECT * FROM evidence WHERE evidence_id = ?",
                    row -> evidence(row, row.getString("content")),
                    evidenceId)));
  }

  @Override
  public CompletionStage<Page<EvidenceRow>> evidences(
      Caller.Scope scope, Optional<ClassId> classId, Optional<String> state, Paging paging) {
    var list =
        new KeyedList<>(
            "evidence",
            """
            SELECT evidence_id, class_id, institution, region, content_hash, state, attempts,
              last_error, failure_cause, acknowledgement
            FROM evidence""",
            "evidence_id",
            row -> evidence(row, ""),
            EvidenceRow::evidenceId);
    Filter filter =
        Filter.of(scope).with("class_id = ?", classId.map(ClassId::value)).with("state = ?", state);
    return page(list, filter, paging);
  }

  @Override
  public CompletionStage<JournalPage> journal(Paging paging) {
    checkLimit(paging.limit(), JOURNAL_ROWS_MAX);
    return transactions.run(connection -> JournalQuery.page(connection, paging));
  }

  @Override
  public CompletionStage<String> journalEnd() {
    return transactions.run(JournalQuery::end);
  }

  /** A list ordered by a key of text. */
  private record KeyedList<T>(
      String name, String select, String key, Sql.Row<T> row, Function<T, String> keyOf) {}

  private <T> CompletionStage<Page<T>> page(KeyedList<T> list, Filter filter, Paging paging) {
    paging
        .cursor()
        .ifPresent(cursor -> filter.with(list.key() + " > ?", PageCursor.key(list.name(), cursor)));
    return page(list, filter, paging.limit());
  }

  private <T> CompletionStage<Page<T>> page(KeyedList<T> list, Filter filter, int limit) {
    checkLimit(limit);
    String sql = list.select() + filter.clause() + " ORDER BY " + list.key() + " LIMIT ?";
    List<Object> values = new ArrayList<>(filter.values());
    values.add(limit + 1);
    return transactions.run(
        connection -> {
          List<T> rows = Sql.query(connection, sql, list.row(), values.toArray());
          if (rows.size() <= limit) {
            return new Page<>(rows, Optional.empty());
          }
          List<T> items = List.copyOf(rows.subList(0, limit));
          String last = list.keyOf().apply(items.getLast());
          return new Page<>(items, Optional.of(new PageCursor(list.name(), last).encoded()));
        });
  }

  private static void checkLimit(int limit) {
    checkLimit(limit, LIMIT_MAX);
  }

  private static void checkLimit(int limit, int limitMax) {
    if (limit < 1 || limit > limitMax) {
      throw new IllegalArgumentException("a page has 1 to " + limitMax + " items");
    }
  }

  private static <T> Optional<T> first(List<T> rows) {
    return rows.stream().findFirst();
  }

  private static ClassRow trainingClass(ResultSet row) throws SQLException {
    return new ClassRow(
        row.getString("class_id"),
        row.getString("state"),
        row.getString("institution"),
        row.getString("region"),
        row.getString("occupation"),
        row.getInt("level"),
        row.getString("title"),
        row.getLong("receipts"));
  }

  private static ReceiptRow receipt(ResultSet row) throws SQLException {
    return new ReceiptRow(
        row.getString("receipt_id"),
        row.getString("class_id"),
        row.getString("institution"),
        row.getString("region"),
        row.getLong("sequence"),
        row.getString("record"),
        row.getString("payload_hash"));
  }

  private static EvidenceRow evidence(ResultSet row, String content) throws SQLException {
    return new EvidenceRow(
        row.getString("evidence_id"),
        row.getString("class_id"),
        row.getString("institution"),
        row.getString("region"),
        row.getString("content_hash"),
        content,
        row.getString("state"),
        row.getInt("attempts"),
        Sql.text(row, "last_error"),
        Sql.text(row, "failure_cause"),
        Sql.text(row, "acknowledgement"));
  }
}
