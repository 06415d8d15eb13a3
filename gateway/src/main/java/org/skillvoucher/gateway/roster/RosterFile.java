package org.skillvoucher.gateway.roster;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.gateway.http.ProblemException;
import org.skillvoucher.gateway.http.RosterLimits;
import org.skillvoucher.gateway.person.People;
import org.skillvoucher.gateway.person.PersonInput;

/**
 * A roster file (学员名册) after its checks; each row is valid or refused by itself.
 *
 * @param rows in the order of the file
 * @param skipped lines below a header that are nobody's row
 * @param sheets every worksheet, also those not read; one without a name for CSV
 */
public record RosterFile(List<RosterRow> rows, List<SkippedLine> skipped, List<ReadSheet> sheets) {
  /**
   * What was read of a worksheet.
   *
   * @param headerLine empty when it was not read
   * @param unread why it was not read; empty when it was
   */
  public record ReadSheet(
      String name, Optional<Long> headerLine, long rows, Optional<Unread> unread) {}

  /** Why a worksheet was not read. */
  public enum Unread {
    HIDDEN,
    EMPTY,
    NO_HEADER
  }

  /**
   * Checks the lines of every table that has a header.
   *
   * @throws ProblemException when the whole file is refused: it has no header or one with a column
   *     named twice, too many rows, or id numbers that have lost their last digits
   */
  public static RosterFile check(List<RosterTable> tables, RosterLimits limits, LocalDate today) {
    var checking = new Checking(limits, today);
    tables.forEach(checking::add);
    if (checking.sheets.stream().allMatch(sheet -> sheet.unread().isPresent())) {
      throw RosterHeader.missing(tables);
    }
    checking.lostDigits.refuseAbove(limits.lostDigitsPercentMax());
    return new RosterFile(refuseDuplicates(checking.rows), checking.skipped, checking.sheets);
  }

  /** One pass over the lines. */
  private static final class Checking {
    private final RosterLimits limits;
    private final LocalDate today;
    private final List<RosterRow> rows = new ArrayList<>();
    private final List<SkippedLine> skipped = new ArrayList<>();
    private final List<ReadSheet> sheets = new ArrayList<>();
    private final LostDigits lostDigits = new LostDigits();

    private Checking(RosterLimits limits, LocalDate today) {
      this.limits = limits;
      this.today = today;
    }

    private void add(RosterTable table) {
      Optional<RosterHeader> found = RosterHeader.find(table.lines());
      if (found.isEmpty()) {
        sheets.add(new ReadSheet(table.name(), Optional.empty(), 0, Optional.of(unread(table))));
        return;
      }
      RosterHeader header = found.get();
      int before = rows.size();
      for (RosterRecord line : table.lines()) {
        if (line.number() > header.line()) {
          add(table, line, header);
        }
      }
      sheets.add(
          new ReadSheet(
              table.name(), Optional.of(header.line()), rows.size() - before, Optional.empty()));
    }

    private void add(RosterTable table, RosterRecord line, RosterHeader header) {
      ReadingDeadline.check();
      Optional<SkippedLine.Reason> reason = SkippedLine.reason(line, header);
      if (reason.isPresent()) {
        skipped.add(new SkippedLine(table.name(), line.number(), reason.get()));
        return;
      }
      RosterRow row = RosterRow.check(table, line, header, today);
      lostDigits.count(header.text(line, RosterHeader.Column.NUMBER), row);
      rows.add(row);
      if (rows.size() > limits.rowsMax()) {
        throw RosterProblems.tooManyRows(limits.rowsMax());
      }
    }
  }

  private static Unread unread(RosterTable table) {
    if (table.hidden()) {
      return Unread.HIDDEN;
    }
    return table.lines().isEmpty() ? Unread.EMPTY : Unread.NO_HEADER;
  }

  /**
   * Refuses rows whose number is on an earlier line. Where the names differ it is unknown whose
   * number it is, and the earlier row is refused too.
   */
  private static List<RosterRow> refuseDuplicates(List<RosterRow> rows) {
    Map<PersonInput.IdNumber, List<RosterRow>> byNumber = new HashMap<>();
    for (RosterRow row : rows) {
      numberOf(row)
          .ifPresent(number -> byNumber.computeIfAbsent(number, n -> new ArrayList<>()).add(row));
    }
    return rows.stream()
        .map(
            row ->
                numberOf(row)
                    .map(byNumber::get)
                    .filter(same -> isDuplicate(row, same))
                    .map(same -> row.duplicateOf(same.getFirst()))
                    .orElse(row))
        .toList();
  }

  private static Optional<PersonInput.IdNumber> numberOf(RosterRow row) {
    return row.person().toOptional().map(People.Identity::idNumber);
  }

  private static boolean isDuplicate(RosterRow row, List<RosterRow> same) {
    boolean oneName =
        same.stream()
                .flatMap(other -> other.person().toOptional().stream())
                .map(People.Identity::name)
                .distinct()
                .count()
            == 1;
    RosterRow first = same.getFirst();
    return !oneName || row.line() != first.line() || !row.sheet().equals(first.sheet());
  }

  @Override
  public String toString() {
    return "RosterFile";
  }
}
