package org.skillvoucher.gateway.api;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.skillvoucher.gateway.http.Language;
import org.skillvoucher.gateway.roster.RosterFile;

/** The answer to the import of a roster file. */
record RosterReply(
    List<Row> rows,
    long enrolled,
    long alreadyEnrolled,
    long refused,
    List<Skipped> skipped,
    List<Sheet> sheets) {

  record Row(
      Optional<String> sheet,
      long line,
      String outcome,
      boolean normalised,
      Optional<String> code,
      Optional<String> detail) {}

  record Skipped(Optional<String> sheet, long line, String reason, String detail) {}

  record Sheet(
      Optional<String> name,
      boolean read,
      Optional<Long> headerLine,
      long rows,
      Optional<String> reason) {}

  static RosterReply of(RosterFile file, List<Row> rows, Language language) {
    return new RosterReply(
        rows,
        count(rows, "enrolled"),
        count(rows, "already_enrolled"),
        count(rows, "refused"),
        file.skipped().stream()
            .map(
                line ->
                    new Skipped(
                        sheet(line.sheet()),
                        line.line(),
                        word(line.reason()),
                        line.reason().text().in(language)))
            .toList(),
        file.sheets().stream()
            .map(
                sheet ->
                    new Sheet(
                        sheet(sheet.name()),
                        sheet.unread().isEmpty(),
                        sheet.headerLine(),
                        sheet.rows(),
                        sheet.unread().map(RosterReply::word)))
            .toList());
  }

  /** CSV has no sheets. */
  static Optional<String> sheet(String name) {
    return Optional.of(name).filter(known -> !known.isEmpty());
  }

  private static String word(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }

  private static long count(List<Row> rows, String outcome) {
    return rows.stream().filter(row -> row.outcome().equals(outcome)).count();
  }
}
