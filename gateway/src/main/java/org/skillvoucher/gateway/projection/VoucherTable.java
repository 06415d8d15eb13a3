package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.skillvoucher.domain.voucher.VoucherEvent;
import org.skillvoucher.domain.voucher.VoucherPlaces;
import org.skillvoucher.domain.voucher.VoucherTerms;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;

/**
 * Applies a group of events to the list of vouchers. Reasons stay in the journal only: free text
 * may name a person. A voucher that was bound once has its class for good.
 */
final class VoucherTable {
  private final Map<String, List<FeedEnvelope>> events = new LinkedHashMap<>();

  /**
   * A row of the list.
   *
   * @param before of a frozen one: the state it returns to
   * @param issued its first event, when it is not in the table yet
   */
  private record Row(
      String id,
      String state,
      Optional<String> before,
      Optional<String> classId,
      Optional<VoucherEvent.Issued> issued) {
    static Row of(ResultSet row) throws SQLException {
      return new Row(
          row.getString("voucher_id"),
          row.getString("state"),
          Sql.text(row, "state_before"),
          Sql.text(row, "class_id"),
          Optional.empty());
    }

    Row become(String next) {
      return new Row(id, next, Optional.empty(), classId, issued);
    }

    Row bound(String to) {
      return new Row(id, "bound", before, Optional.of(to), issued);
    }

    Optional<Row> frozen() {
      return state.equals("frozen")
          ? Optional.empty()
          : Optional.of(new Row(id, "frozen", Optional.of(state), classId, issued));
    }

    Optional<Row> unfrozen() {
      return state.equals("frozen") ? before.map(this::become) : Optional.empty();
    }
  }

  /** Adds an event of a voucher; a contradiction is detected when it is written. */
  boolean add(String id, FeedEnvelope envelope) {
    return events.computeIfAbsent(id, key -> new ArrayList<>()).add(envelope);
  }

  /**
   * Writes the batch.
   *
   * @throws ProjectionContradiction when a voucher to change is missing
   */
  void write(Connection connection) throws SQLException {
    if (events.isEmpty()) {
      return;
    }
    Map<String, Row> known =
        Sql.query(
                connection,
                """
                SELECT voucher_id, state, state_before, class_id FROM voucher
                WHERE voucher_id = ANY (?)""",
                Row::of,
                List.copyOf(events.keySet()))
            .stream()
            .collect(Collectors.toMap(Row::id, line -> line));
    List<Row> issued = new ArrayList<>();
    List<Row> changed = new ArrayList<>();
    events.forEach(
        (id, ofVoucher) -> {
          Optional<Row> line = Optional.ofNullable(known.get(id));
          for (FeedEnvelope envelope : ofVoucher) {
            line = after(id, line, envelope);
          }
          line.ifPresent(last -> (last.issued().isPresent() ? issued : changed).add(last));
        });
    insert(connection, issued);
    update(connection, changed);
    events.clear();
  }

  private static Optional<Row> after(String id, Optional<Row> line, FeedEnvelope envelope) {
    if (!(envelope.event() instanceof VoucherEvent event)) {
      throw new ProjectionContradiction(envelope);
    }
    Optional<Row> next =
        switch (event) {
          case VoucherEvent.Issued first when line.isEmpty() ->
              Optional.of(
                  new Row(id, "issued", Optional.empty(), Optional.empty(), Optional.of(first)));
          case VoucherEvent.Issued again -> Optional.empty();
          case VoucherEvent.Claimed claimed -> line.map(one -> one.become("claimed"));
          case VoucherEvent.Bound bound -> line.map(one -> one.bound(bound.classId().value()));
          case VoucherEvent.Completed completed -> line.map(one -> one.become("completed"));
          case VoucherEvent.Lapsed lapsed -> line.map(one -> one.become("lapsed"));
          case VoucherEvent.Expired expired -> line.map(one -> one.become("expired"));
          case VoucherEvent.Voided voided -> line.map(one -> one.become("voided"));
          case VoucherEvent.Frozen frozen -> line.flatMap(Row::frozen);
          case VoucherEvent.Unfrozen unfrozen -> line.flatMap(Row::unfrozen);
        };
    if (next.isEmpty()) {
      throw new ProjectionContradiction(envelope);
    }
    return next;
  }

  private static void insert(Connection connection, List<Row> lines) throws SQLException {
    if (lines.isEmpty()) {
      return;
    }
    List<VoucherEvent.Issued> issued =
        lines.stream().map(line -> line.issued().orElseThrow()).toList();
    List<VoucherTerms> terms = issued.stream().map(VoucherEvent.Issued::terms).toList();
    Sql.update(
        connection,
        """
        INSERT INTO voucher
          (voucher_id, state, state_before, class_id, holder, region, occupation, level, expires_at,
           usable_regions, usable_institutions, issued_at)
        SELECT * FROM unnest(
          ?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz[], ?, ?, ?::timestamptz[])""",
        Sql.column("text", lines, Row::id),
        Sql.column("text", lines, Row::state),
        Sql.column("text", lines, Row::before),
        Sql.column("text", lines, Row::classId),
        Sql.column("text", terms, one -> one.holder().value()),
        Sql.column("text", terms, one -> one.region().value()),
        Sql.column("text", terms, one -> one.occupation().value()),
        Sql.column("int4", terms, VoucherTerms::level),
        Sql.column("text", terms, one -> one.expiresAt().toString()),
        Sql.column("text", terms, one -> codes(one, VoucherPlaces::regions)),
        Sql.column("text", terms, one -> codes(one, VoucherPlaces::institutions)),
        Sql.column("text", issued, one -> one.at().toString()));
  }

  private static Optional<String> codes(
      VoucherTerms terms, Function<VoucherPlaces, List<?>> named) {
    return terms
        .places()
        .map(named)
        .filter(codes -> !codes.isEmpty())
        .map(codes -> codes.stream().map(Object::toString).collect(Collectors.joining(",")));
  }

  private static void update(Connection connection, List<Row> lines) throws SQLException {
    if (lines.isEmpty()) {
      return;
    }
    Sql.update(
        connection,
        """
        UPDATE voucher
        SET state = now.state, state_before = now.state_before, class_id = now.class_id
        FROM unnest(?, ?, ?, ?) AS now (voucher_id, state, state_before, class_id)
        WHERE voucher.voucher_id = now.voucher_id""",
        Sql.column("text", lines, Row::id),
        Sql.column("text", lines, Row::state),
        Sql.column("text", lines, Row::before),
        Sql.column("text", lines, Row::classId));
  }
}
