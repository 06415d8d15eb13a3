package org.skillvoucher.gateway.roster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.skillvoucher.domain.identity.Parsed;
import org.skillvoucher.gateway.api.World;
import org.skillvoucher.gateway.person.People;

/** Files of tests, and their verdicts in short. */
final class RosterFiles {
  static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

  private RosterFiles() {}

  /** A file of the field, from the folder {@code rosters}. */
  static byte[] named(String name) {
    try (var file = RosterFiles.class.getResourceAsStream("/rosters/" + name)) {
      return file == null ? new byte[0] : file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RosterFile csv(byte[] file) {
    FileKind.check(file, false);
    return check(
        List.of(RosterCsv.table(RosterDecoder.decode(file, Optional.empty()), World.ROSTERS)));
  }

  static RosterFile csv(String text) {
    return csv(text.getBytes(UTF_8));
  }

  static RosterFile xlsx(byte[] file) {
    FileKind.check(file, true);
    return check(RosterXlsx.tables(file, World.ROSTERS));
  }

  static RosterFile check(List<RosterTable> tables) {
    return RosterFile.check(tables, World.ROSTERS, TODAY);
  }

  /** The cells of a CSV file in a spreadsheet, each a text at the same place. */
  static byte[] asXlsx(byte[] csv) {
    RosterTable table = RosterCsv.table(RosterDecoder.decode(csv, Optional.empty()), World.ROSTERS);
    return workbook(
        sheet -> {
          for (RosterRecord line : table.lines()) {
            for (int place = 0; place < line.cells().size(); place++) {
              if (!line.text(place).isEmpty()) {
                sheet.value((int) line.number() - 1, place, line.text(place));
              }
            }
          }
        });
  }

  static byte[] workbook(Consumer<Worksheet> fill) {
    var bytes = new ByteArrayOutputStream();
    try (var workbook = new Workbook(bytes, "test", "1.0")) {
      fill.accept(workbook.newWorksheet("名册"));
      workbook.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A spreadsheet file of its parts. */
  static byte[] zip(Map<String, byte[]> parts) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Line and verdict of each row: a type and {@code *} for a normalised one, or a fault's code. */
  static String verdicts(RosterFile file) {
    return String.join(
        " ", file.rows().stream().map(row -> row.line() + ":" + verdict(row)).toList());
  }

  private static String verdict(RosterRow row) {
    return switch (row.person()) {
      case Parsed.Valid<People.Identity>(var person) ->
          person.type().code() + (row.normalised() ? "*" : "");
      case Parsed.Invalid<People.Identity>(var code, var reason) -> code;
    };
  }
}
