package org.skillvoucher.gateway.roster;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.domain.identity.Parsed;
import org.skillvoucher.gateway.http.FaultTexts;
import org.skillvoucher.gateway.http.Text;
import org.skillvoucher.gateway.person.People;
import org.skillvoucher.gateway.person.PersonInput;

/**
 * One row of a roster after its checks.
 *
 * @param sheet empty for CSV
 * @param line of the file, on which the row begins, or the number of the sheet's row
 * @param normalised whether name, number or type differ from what is in the file
 * @param detail what is wrong; empty texts for a valid row
 */
public record RosterRow(
    String sheet, long line, boolean normalised, Parsed<People.Identity> person, Text detail) {
  private static final Text NOTHING = new Text("", "");

  /** A number of so many digits begins with no zero that could have been lost. */
  private static final int OLD_ID_DIGITS = 15;

  private static final int TYPE_CODE_DIGITS = 2;

  /** How a spreadsheet program writes a long number into CSV. */
  private static final Pattern ROUNDED = Pattern.compile("[0-9](\\.[0-9]+)?[Ee]\\+?[0-9]{2}");

  private static final Map<String, String> AMBIGUOUS =
      Map.of(
          "cell_number",
          "the cell is a number or a date, which may have lost digits:"
              + " format the column as text and type it again",
          "cell_formula",
          "the cell is a formula: paste its value as text",
          "cell_other",
          "the cell is a truth value or an error, not a text");

  /** Checks one line below the header, by itself. */
  static RosterRow check(
      RosterTable table, RosterRecord line, RosterHeader header, LocalDate today) {
    Optional<RosterRow> refused = refusedCells(table, line, header);
    if (refused.isPresent()) {
      return refused.get();
    }
    String name = header.text(line, RosterHeader.Column.NAME);
    String number = header.text(line, RosterHeader.Column.NUMBER);
    String typeWord = header.text(line, RosterHeader.Column.ID_TYPE);
    if (!IdTypeWords.isKnown(typeWord)) {
      Text unknown = IdTypeWords.unknown(typeWord);
      return new RosterRow(
          table.name(), line.number(), false, Parsed.invalid("id_type", unknown.en()), unknown);
    }
    Optional<IdType> declared = IdTypeWords.typeOf(typeWord);
    return switch (PersonInput.check(declared, number, name, today)) {
      case Parsed.Invalid<People.Identity>(var code, var reason) ->
          refused(table, line, code, reason);
      case Parsed.Valid<People.Identity>(var person) ->
          new RosterRow(
              table.name(),
              line.number(),
              !(person.name().equals(name)
                  && person.number().equals(number)
                  && declared.orElse(person.type()) == person.type()),
              Parsed.valid(person),
              NOTHING);
    };
  }

  private static Optional<RosterRow> refusedCells(
      RosterTable table, RosterRecord line, RosterHeader header) {
    if (line.width() > header.width()) {
      return Optional.of(
          refused(table, line, "row_malformed", "the row has other columns than the header"));
    }
    for (RosterHeader.Column column : RosterHeader.Column.values()) {
      Optional<String> code =
          header.place(column).flatMap(place -> uncertain(line.cell(place), column));
      if (code.isPresent()) {
        return Optional.of(
            refused(
                table, line, code.get(), AMBIGUOUS.getOrDefault(code.get(), "it is not a text")));
      }
    }
    return Optional.empty();
  }

  /** Why the text of a cell is not certain; empty when it is. */
  private static Optional<String> uncertain(RosterRecord.Cell cell, RosterHeader.Column column) {
    return switch (cell) {
      case RosterRecord.Cell.TypedText(var text) ->
          column == RosterHeader.Column.NUMBER && ROUNDED.matcher(text.strip()).matches()
              ? Optional.of("cell_number")
              : Optional.empty();
      case RosterRecord.Cell.Numeric(var digits) -> {
        boolean certain =
            switch (column) {
              case NAME -> false;
              case NUMBER -> digits.length() == OLD_ID_DIGITS;
              case ID_TYPE -> !digits.isEmpty() && digits.length() <= TYPE_CODE_DIGITS;
            };
        yield certain ? Optional.empty() : Optional.of("cell_number");
      }
      case RosterRecord.Cell.Ambiguous(var code) -> Optional.of(code);
    };
  }

  private static RosterRow refused(
      RosterTable table, RosterRecord line, String code, String reason) {
    return new RosterRow(
        table.name(),
        line.number(),
        false,
        Parsed.invalid(code, reason),
        FaultTexts.of(code, reason));
  }

  /** This row, refused because its number is on an earlier one too. */
  RosterRow duplicateOf(RosterRow first) {
    String sheetEn =
        first.sheet.isEmpty() || first.sheet.equals(sheet) ? "" : " of sheet " + first.sheet;
    String sheetZh = sheetEn.isEmpty() ? "" : "工作表“" + first.sheet + "”";
    return new RosterRow(
        sheet,
        line,
        normalised,
        Parsed.invalid("row_doubled", "the same number is on an earlier line"),
        FaultTexts.duplicateNumber(
            "on line " + first.line + sheetEn, sheetZh + "第 " + first.line + " 行"));
  }
}
