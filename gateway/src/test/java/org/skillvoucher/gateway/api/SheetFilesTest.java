package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.gateway.person.Masking;
import org.skillvoucher.gateway.person.People.Identity;
import org.skillvoucher.gateway.roster.RosterCsv;
import org.skillvoucher.gateway.roster.RosterFile;
import org.skillvoucher.gateway.roster.RosterRow;
import org.skillvoucher.gateway.roster.RosterTable;
import org.skillvoucher.gateway.roster.RosterXlsx;
import org.skillvoucher.gateway.sheet.SheetCell;
import org.skillvoucher.gateway.sheet.SheetCsv;
import org.skillvoucher.gateway.sheet.SheetTable;
import org.skillvoucher.gateway.sheet.SheetXlsx;

class SheetFilesTest {
  private static final ClassId CLASS = new ClassId("C1");
  private static final PersonPseudonym FIRST = new PersonPseudonym("A".repeat(43));
  private static final PersonPseudonym SECOND = new PersonPseudonym("-" + "B".repeat(42));
  private static final Identity JI = new Identity(IdType.CITIZEN_ID, Samples.MALE, "𠮷田");

  private static SheetTable table(Identity first) {
    return SheetTable.of(CLASS, SheetSamples.sheet(List.of(FIRST, SECOND)), Map.of(FIRST, first));
  }

  private static List<List<String>> xlsx(Identity first) {
    return SheetSamples.cells(
        SheetXlsx.write(table(first), List.of(new SheetXlsx.Note("班级 class", "=C1"))), 0);
  }

  private static String cell(List<List<String>> rows, int row, String header) {
    int column =
        IntStream.range(0, rows.getFirst().size())
            .filter(i -> rows.getFirst().get(i).endsWith(header))
            .findFirst()
            .orElseThrow();
    return rows.get(row).get(column);
  }

  @Test
  void inASpreadsheetAnIdIsATextWithAllItsDigits() {
    List<List<String>> rows = xlsx(JI);
    assertEquals("STRING 990101199003150015", cell(rows, 1, "社会保障号码 number"));
    assertEquals("STRING 𠮷田", cell(rows, 1, "姓名 name"));
    assertEquals("STRING " + SECOND.value(), cell(rows, 2, "人员代号 person"));
  }

  @Test
  void inASpreadsheetWhatIsCountedIsANumber() {
    List<List<String>> rows = xlsx(JI);
    assertEquals("NUMBER 100", cell(rows, 1, "minutes attended"));
    assertEquals("NUMBER 2.2", cell(rows, 1, "theory class hours"));
    assertEquals("NUMBER 190", cell(rows, 1, "minutes scanned"));
    assertEquals("NUMBER 20", cell(rows, 1, "minutes corrected"));
    assertEquals("STRING 是 yes", cell(rows, 1, "reached with corrections"));
    assertEquals("NUMBER 80", cell(rows, 1, "threshold"));
    assertEquals("STRING 否 no", cell(rows, 1, "reached by scans"));
    assertEquals("NUMBER 1", cell(rows, 1, "flags open"));
    assertEquals("STRING F1 F2", cell(rows, 1, "flag ids"));
    assertEquals("NUMBER 0", cell(rows, 2, "flags open"));
    assertEquals("NUMBER 2", cell(rows, 2, "序号 no."));
  }

  @Test
  void whoIsNotKnownHasEmptyCells() {
    assertEquals("STRING ", cell(xlsx(JI), 2, "姓名 name"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"})
  void inASpreadsheetAFormulaStaysTheTextItIs(String name) {
    assertEquals(
        "STRING " + name.replace('\r', '\n').stripLeading(),
        cell(xlsx(new Identity(IdType.OTHER, "E1", name)), 1, "姓名 name")
            .replace('\r', '\n')
            .replaceFirst("STRING \\s+", "STRING "));
  }

  @Test
  void inASpreadsheetTheTypeOfAnIdIsAWord() {
    assertEquals("STRING 居民身份证", cell(xlsx(JI), 1, "证件类型 idType"));
    assertEquals("STRING 其他", cell(xlsx(new Identity(IdType.OTHER, "E1", "n")), 1, "idType"));
  }

  @Test
  void aSpreadsheetIsPrintedOnA4AcrossAsWideAsThePageWithNumbersAndRepeatedNames()
      throws Exception {
    byte[] file = SheetXlsx.write(table(JI), List.of(new SheetXlsx.Note("班级 class", "C1")));
    String sheet = part(file, "xl/worksheets/sheet1.xml");
    assertTrue(sheet.contains("<pageSetUpPr fitToPage=\"true\""), sheet);
    String setup = sheet.replaceAll("(?s).*(<pageSetup[^P][^>]*>).*", "$1");
    for (String setting :
        List.of(
            "paperSize=\"9\"",
            "orientation=\"landscape\"",
            "fitToWidth=\"1\"",
            "fitToHeight=\"0\"")) {
      assertTrue(setup.contains(setting), setup);
    }
    assertTrue(sheet.contains("&amp;P") && sheet.contains("&amp;N"), sheet);
    assertTrue(sheet.contains("<row r=\"1\" ht=\"84.0\" customHeight=\"1\""), sheet);
    String names = part(file, "xl/workbook.xml");
    assertTrue(names.contains("_xlnm.Print_Titles"), names);
    assertTrue(names.contains("$A:$C") && names.contains("$1:$1"), names);
  }

  private static String part(byte[] file, String name) throws IOException {
    Path kept = Files.write(Files.createTempFile("sheet", ".xlsx"), file);
    try (var zip = new ZipFile(kept.toFile());
        var in = zip.getInputStream(Objects.requireNonNull(zip.getEntry(name)))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      Files.delete(kept);
    }
  }

  @Test
  void theNotesAreTextsToo() {
    byte[] file = SheetXlsx.write(table(JI), List.of(new SheetXlsx.Note("班级 class", "=C1")));
    assertEquals(List.of(List.of("STRING 班级 class", "STRING =C1")), SheetSamples.cells(file, 1));
  }

  @Test
  void csvBeginsWithAByteOrderMarkAndItsLinesEndAsTheStandardSays() {
    byte[] csv = SheetCsv.write(table(JI));
    assertArrayEquals(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, Arrays.copyOf(csv, 3));
    String text = new String(csv, StandardCharsets.UTF_8);
    assertEquals(3, text.split("\r\n", -1).length - 1);
    assertFalse(text.replace("\r\n", "").contains("\n"));
    assertTrue(text.contains("\r\n1,𠮷田,990101199003150015\t,citizen_id,2,1,"));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '=1+1',        '''=1+1'
          '+1',          '''+1'
          '-1',          '''-1'
          '@SUM(A1)',    '''@SUM(A1)'
          '＝1+1',       '''＝1+1'
          '＋1',         '''＋1'
          'a=1',         'a=1'
          '',            ''
          '张三',        '张三'""")
  void inCsvNoCellIsAFormula(String text, String expected) {
    assertEquals(expected, SheetCsv.text(new SheetCell.TextCell(text)));
    assertEquals(expected, SheetCsv.text(new SheetCell.IdCell(text)));
  }

  @Test
  void inCsvATabOrALineEndBeginsNoCell() {
    for (String text : List.of("\t=1", "\r=1", "\n=1")) {
      assertEquals("'" + text, SheetCsv.text(new SheetCell.TextCell(text)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"990101199003150015", "12", "007", "5299E1", "1.5"})
  void inCsvAnIdThatLooksLikeANumberIsATextAllTheSame(String id) {
    assertEquals(id + "\t", SheetCsv.text(new SheetCell.IdCell(id)));
    assertEquals("99010119900315004X", SheetCsv.text(new SheetCell.IdCell("99010119900315004X")));
  }

  @Test
  void anExportedRosterCanBeImportedAgain() {
    var today = LocalDate.of(2026, 3, 2);
    String csv = new String(SheetCsv.write(table(JI)), StandardCharsets.UTF_8).substring(1);
    byte[] xlsx = SheetXlsx.write(table(JI), List.of());
    for (List<RosterTable> tables :
        List.of(
            List.of(RosterCsv.table(csv, World.ROSTERS)), RosterXlsx.tables(xlsx, World.ROSTERS))) {
      List<RosterRow> rows = RosterFile.check(tables, World.ROSTERS, today).rows();
      assertEquals(JI, rows.getFirst().person().toOptional().orElseThrow());
      assertTrue(rows.get(1).person().toOptional().isEmpty());
    }
  }

  @Test
  void aMaskedPersonShowsNeitherNameNorDateOfBirth() {
    assertEquals(new Identity(IdType.CITIZEN_ID, "990101********0015", "𠮷*"), Masking.of(JI));
    assertEquals(
        new Identity(IdType.OTHER, "E****", "*"),
        Masking.of(new Identity(IdType.OTHER, "E1234", "李")));
  }
}
