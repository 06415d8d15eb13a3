package org.skillvoucher.gateway.projection;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.voucher.VoucherPlaces;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.projection.Views.Overlap;
import org.skillvoucher.gateway.security.Caller;

/** The queries over people's vouchers and the hours of their classes. */
final class VoucherQueries {
  static final String SELECT =
      """
      SELECT voucher_id, state, holder, region, occupation, level, expires_at, class_id,
        usable_regions, usable_institutions
      FROM voucher""";

  /** For institutions, whose vouchers are those bound to their classes. */
  static final String OF_INSTITUTION =
      "class_id IN (SELECT class_id FROM training_class WHERE institution = ?)";

  private static final int TO_BIND_MAX = 50;

  private VoucherQueries() {}

  static List<Views.VoucherRow> toBind(
      Connection connection, Caller.Scope scope, PersonPseudonym holder) throws SQLException {
    Filter filter = Filter.of(scope, OF_INSTITUTION).with("holder = ?", holder.value());
    return Sql.query(
        connection,
        SELECT
            + filter.clause()
            + " AND state IN ('issued', 'claimed') ORDER BY voucher_id LIMIT "
            + TO_BIND_MAX,
        VoucherQueries::row,
        filter.values().toArray());
  }

  static Map<PersonPseudonym, List<VoucherId>> issued(
      Connection connection, Views.VoucherKind kind, List<PersonPseudonym> holders)
      throws SQLException {
    record Line(PersonPseudonym holder, VoucherId voucher) {}
    return Sql.query(
            connection,
            """
            SELECT holder, voucher_id FROM voucher
            WHERE holder = ANY (?) AND region = ? AND occupation = ? AND level = ?
              AND (issued_at IS NULL
                OR extract(year FROM issued_at AT TIME ZONE 'Asia/Shanghai') = ?)
            ORDER BY voucher_id""",
            row ->
                new Line(
                    new PersonPseudonym(row.getString("holder")),
                    new VoucherId(row.getString("voucher_id"))),
            values(holders),
            kind.region().value(),
            kind.occupation().value(),
            kind.level(),
            kind.year())
        .stream()
        .collect(groupingBy(Line::holder, mapping(Line::voucher, toList())));
  }

  /** What is compared with a class's lessons. */
  record Compared(Caller.Scope scope, Views.OtherClasses others, ClassId classId) {}

  static Map<PersonPseudonym, Overlap> overlaps(
      Connection connection, Compared compared, List<Lesson> lessons, List<PersonPseudonym> people)
      throws SQLException {
    Filter scope = Filter.of(compared.scope());
    List<Object> values =
        new ArrayList<>(
            List.of(
                Sql.column("text", lessons, lesson -> lesson.id().value()),
                Sql.column("text", lessons, lesson -> lesson.startsAt().toString()),
                Sql.column("text", lessons, lesson -> lesson.endsAt().toString()),
                compared.classId().value(),
                values(people)));
    values.addAll(scope.values());
    return Sql.query(
            connection,
            """
            SELECT DISTINCT ON (e.person)
              e.person, e.class_id, l.lesson_id, l.starts_at, l.ends_at, own.id AS own
            FROM enrolment e
              JOIN training_class c USING (class_id)
              JOIN lesson l USING (class_id)
              JOIN unnest(?, ?::timestamptz[], ?::timestamptz[]) AS own (id, starts_at, ends_at)
                ON l.starts_at::timestamptz < own.ends_at AND own.starts_at < l.ends_at::timestamptz
              CROSS JOIN (VALUES (?)) AS this (id)
            WHERE e.person = ANY (?) AND e.class_id <> this.id AND c.state IN ('approved', 'open')
              AND %s%s
            ORDER BY e.person, l.starts_at, e.class_id, l.lesson_id"""
                .formatted(condition(compared.others()), scope.more()),
            VoucherQueries::overlap,
            values.toArray())
        .stream()
        .collect(toMap(Overlap::person, one -> one));
  }

  private static String condition(Views.OtherClasses others) {
    return switch (others) {
      case BOUND ->
          """
          EXISTS (
            SELECT FROM voucher v
            WHERE v.holder = e.person AND v.class_id = e.class_id AND v.state = 'bound')""";
      case ENROLLED ->
          """
          e.enrolled AND NOT EXISTS (
            SELECT FROM enrolment here
            WHERE here.class_id = this.id AND here.person = e.person AND here.enrolled)""";
    };
  }

  private static Overlap overlap(ResultSet row) throws SQLException {
    return new Overlap(
        new PersonPseudonym(row.getString("person")),
        new ClassId(row.getString("class_id")),
        new LessonId(row.getString("lesson_id")),
        Instant.parse(row.getString("starts_at")),
        Instant.parse(row.getString("ends_at")),
        new LessonId(row.getString("own")));
  }

  private static List<String> values(List<PersonPseudonym> people) {
    return people.stream().map(PersonPseudonym::value).toList();
  }

  static Views.VoucherRow row(ResultSet row) throws SQLException {
    return new Views.VoucherRow(
        row.getString("voucher_id"),
        row.getString("state"),
        row.getString("holder"),
        row.getString("region"),
        row.getString("occupation"),
        row.getInt("level"),
        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
        Sql.text(row, "class_id"),
        places(row));
  }

  private static Optional<VoucherPlaces> places(ResultSet row) throws SQLException {
    Optional<String> regions = Sql.text(row, "usable_regions");
    Optional<String> institutions = Sql.text(row, "usable_institutions");
    return regions.isEmpty() && institutions.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new VoucherPlaces(
                codes(regions, RegionCode::new), codes(institutions, CreditCode::new)));
  }

  private static <T> List<T> codes(Optional<String> joined, Function<String, T> code) {
    return joined.stream().flatMap(all -> Arrays.stream(all.split(","))).map(code).toList();
  }
}
