package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;

/** The scans in a group of events: those with a receipt, and quarantined ones. */
final class ScanRowBatch {
  private record Receipt(String classId, ClassEvent.Attended event) {}

  /** The links that the group appends to a class's chain of receipts. */
  private record Links(
      String classId, FeedEnvelope first, long before, long last, String lastHash) {}

  private record Statement(String classId, String device, long counter) {
    static Statement of(String classId, DeviceStatement statement) {
      return new Statement(classId, statement.device(), statement.counter());
    }
  }

  /** A quarantined statement with its last reason. */
  private record QuarantinedRow(ClassEvent.Quarantined event, String reason) {}

  private final List<Receipt> receipts = new ArrayList<>();
  private final Map<String, Links> chains = new LinkedHashMap<>();
  private final Set<Statement> receipted = new LinkedHashSet<>();
  private final Map<Statement, QuarantinedRow> quarantined = new LinkedHashMap<>();

  /** False when the receipt is not the next of its class's chain. */
  boolean attended(String classId, ClassEvent.Attended event, FeedEnvelope envelope) {
    long sequence = event.receipt().sequence();
    Links links =
        chains.getOrDefault(classId, new Links(classId, envelope, sequence - 1, sequence - 1, ""));
    boolean next = sequence == links.last() + 1;
    String hash = event.receipt().payloadHash();
    chains.put(classId, new Links(classId, links.first(), links.before(), sequence, hash));
    receipts.add(new Receipt(classId, event));
    if (!event.verification().online()) {
      // A statement that gives a receipt later is no longer quarantined.
      Statement statement = Statement.of(classId, event.scan().statement());
      quarantined.remove(statement);
      receipted.add(statement);
    }
    return next;
  }

  boolean quarantined(String classId, ClassEvent.Quarantined event) {
    quarantined.merge(
        Statement.of(classId, event.statement()),
        new QuarantinedRow(event, event.reason()),
        (first, last) -> new QuarantinedRow(first.event(), last.reason()));
    return true;
  }

  /**
   * Writes the batch.
   *
   * @throws ProjectionContradiction when the receipts are not the next of their class's chain
   */
  void write(Connection connection) throws SQLException {
    if (!receipts.isEmpty()) {
      insertReceipts(connection);
      link(connection);
    }
    if (!receipted.isEmpty()) {
      Sql.update(
          connection,
          """
          DELETE FROM set_aside WHERE (class_id, device, counter) IN (
            SELECT * FROM unnest(?, ?, ?))""",
          Sql.column("text", receipted, Statement::classId),
          Sql.column("text", receipted, Statement::device),
          Sql.column("int8", receipted, Statement::counter));
    }
    if (!quarantined.isEmpty()) {
      insertQuarantined(connection);
    }
    receipts.clear();
    chains.clear();
    receipted.clear();
    quarantined.clear();
  }

  private void insertReceipts(Connection connection) throws SQLException {
    List<ClassEvent.Attended> events = receipts.stream().map(Receipt::event).toList();
    Sql.update(
        connection,
        """
        INSERT INTO receipt
          (receipt_id, class_id, sequence, person, lesson, act, late, voucher, record,
           payload_hash, iat, way, authority, online, tapped_at, device, counter, site, room,
           witness)
        SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        Sql.column("text", events, event -> event.receipt().id()),
        Sql.column("text", receipts, Receipt::classId),
        Sql.column("int8", events, event -> event.receipt().sequence()),
        Sql.column("text", events, event -> event.scan().person().value()),
        Sql.column("text", events, event -> event.scan().lesson().value()),
        Sql.column("text", events, event -> event.scan().act().code()),
        Sql.column("bool", events, ClassEvent.Attended::late),
        Sql.column("text", events, event -> present(event.voucher())),
        Sql.column("text", events, event -> event.receipt().record()),
        Sql.column("text", events, event -> event.receipt().payloadHash()),
        Sql.column("int8", events, event -> event.receipt().issuedAtMillis()),
        Sql.column("text", events, event -> event.verification().way()),
        Sql.column("text", events, event -> event.verification().authority()),
        Sql.column("bool", events, event -> event.verification().online()),
        Sql.column("int8", events, event -> event.scan().statement().tappedAt().toEpochMilli()),
        Sql.column("text", events, event -> event.scan().statement().device()),
        Sql.column("int8", events, event -> event.scan().statement().counter()),
        Sql.column("text", events, event -> place(event, Circumstances::site)),
        Sql.column("text", events, event -> place(event, Circumstances::room)),
        Sql.column("text", events, ScanRowBatch::witness));
  }

  private static Optional<String> place(
      ClassEvent.Attended event, Function<Circumstances, String> place) {
    return event.circumstances().map(place).flatMap(ScanRowBatch::present);
  }

  private static Optional<String> witness(ClassEvent.Attended event) {
    return event.circumstances().flatMap(Circumstances::witness).map(PersonPseudonym::value);
  }

  private static Optional<String> present(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** Appends to the chains; receipts that are not the next contradict the table. */
  private void link(Connection connection) throws SQLException {
    Collection<Links> links = chains.values();
    List<String> linked =
        Sql.query(
            connection,
            """
            UPDATE training_class SET receipts = last, last_payload_hash = hash
            FROM unnest(?, ?, ?, ?) AS links (class_id, before, last, hash)
            WHERE training_class.class_id = links.class_id AND receipts = before
            RETURNING links.class_id""",
            row -> row.getString(1),
            Sql.column("text", links, Links::classId),
            Sql.column("int8", links, Links::before),
            Sql.column("int8", links, Links::last),
            Sql.column("text", links, Links::lastHash));
    linked.forEach(chains::remove);
    for (Links left : chains.values()) {
      throw new ProjectionContradiction(left.first());
    }
  }

  private void insertQuarantined(Connection connection) throws SQLException {
    Set<Statement> statements = quarantined.keySet();
    List<ClassEvent.Quarantined> events =
        quarantined.values().stream().map(QuarantinedRow::event).toList();
    Sql.update(
        connection,
        """
        INSERT INTO set_aside
          (class_id, device, counter, person, lesson, act, reason, tapped_at)
        SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (class_id, device, counter) DO UPDATE SET reason = excluded.reason""",
        Sql.column("text", statements, Statement::classId),
        Sql.column("text", statements, Statement::device),
        Sql.column("int8", statements, Statement::counter),
        Sql.column("text", events, event -> event.person().map(PersonPseudonym::value)),
        Sql.column("text", events, event -> event.lesson().value()),
        Sql.column("text", events, event -> event.act().code()),
        Sql.column("text", quarantined.values(), QuarantinedRow::reason),
        Sql.column("int8", events, event -> event.statement().tappedAt().toEpochMilli()));
  }
}
