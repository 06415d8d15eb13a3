package org.skillvoucher.gateway.roster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.VisibilityState;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.gateway.api.Answer;
import org.skillvoucher.gateway.api.Ask;
import org.skillvoucher.gateway.api.Samples;
import org.skillvoucher.gateway.api.World;
import org.skillvoucher.gateway.security.Role;

class RosterXlsxTest {
  private static final String TYPE =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private final World world = new World();

  private Answer send(byte[] file) {
    return Ask.post("/v1/classes/" + Samples.approvedClass(world) + "/roster")
        .by(Role.INSTITUTION)
        .body(TYPE, file)
        .to(world);
  }

  private static byte[] workbook(Consumer<Workbook> fill) {
    var bytes = new ByteArrayOutputStream();
    try (var workbook = new Workbook(bytes, "test", "1.0")) {
      fill.accept(workbook);
      workbook.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] sheet(Consumer<Worksheet> fill) {
    return workbook(
        workbook -> {
          Worksheet sheet = workbook.newWorksheet("名册");
          row(sheet, 0, "姓名", "社会保障号码");
          fill.accept(sheet);
        });
  }

  private static void row(Worksheet sheet, int row, String... cells) {
    for (int i = 0; i < cells.length; i++) {
      sheet.value(row, i, cells[i]);
    }
  }

  private static List<String> each(Answer answer, String member) {
    return answer.json().path("rows").valueStream().map(r -> r.path(member).asText()).toList();
  }

  @Test
  void aSpreadsheetsRowsHaveTheVerdictsTheyWouldHaveInCsv() {
    Answer rows =
        send(sheet(
                sheet -> {
                  row(sheet, 1, "𠮷田", "990101199003150015");
                  row(sheet, 2, "张三", "９９０１０１１９９００３１５００２３");
                  row(sheet, 3, "李四", "99010119900315004x");
                  row(sheet, 4, "王五", "990102199003150015");
                  row(sheet, 6, "", "990301199602290010");
                  row(sheet, 7, "孙八");
                  row(sheet, 8, "𠮷田", "990101199003150015");
                  row(sheet, 9, "赵六", "990101199702290017", "", "more");
                }))
            .is(200);
    assertEquals(List.of("2", "3", "4", "5", "7", "8", "9", "10"), each(rows, "line"));
    assertEquals(
        List.of(
            "",
            "",
            "",
            "id_check_digit",
            "name_missing",
            "id_length",
            "row_doubled",
            "row_malformed"),
        each(rows, "code"));
    assertEquals(
        List.of("false", "true", "true", "false", "false", "false", "false", "false"),
        each(rows, "normalised"));
    assertEquals("𠮷田", world.people.stored.get(1).name());
    assertFalse(rows.text().contains("9901"));
  }

  @Test
  void aNumberMayHaveLostItsDigitsAndIsNotTaken() {
    Answer rows =
        send(sheet(
                sheet -> {
                  sheet.value(1, 0, "张三");
                  sheet.value(1, 1, 990101199003150015L);
                  sheet.value(2, 0, "李四");
                  sheet.value(2, 1, LocalDate.of(1990, 3, 15));
                  sheet.value(3, 0, 12);
                  sheet.value(3, 1, "990101199003150023");
                  sheet.value(4, 0, "王五");
                  sheet.formula(4, 1, "UPPER(A1)");
                  sheet.value(5, 0, true);
                  sheet.value(5, 1, "99010119900315004X");
                }))
            .is(200);
    assertEquals(
        List.of("cell_number", "cell_number", "cell_number", "cell_formula", "cell_other"),
        each(rows, "code"));
    assertEquals(5, rows.json().path("refused").asInt());
    assertTrue(each(rows, "detail").getFirst().contains("format the column as text"));
  }

  @Test
  void otherColumnsAreIgnored() {
    byte[] file =
        workbook(
            workbook -> {
              Worksheet sheet = workbook.newWorksheet("名册");
              row(sheet, 1, "序号", "Name", "number", "IdType", "年龄");
              sheet.value(2, 0, 1);
              sheet.value(2, 1, "Ana");
              sheet.value(2, 2, "E1234567");
              sheet.value(2, 3, "other");
              sheet.formula(2, 4, "A3*30");
            });
    Answer rows = send(file).is(200);
    assertEquals(List.of("3"), each(rows, "line"));
    assertEquals(List.of("enrolled"), each(rows, "outcome"));
  }

  @Test
  void theFirstWorksheetInSightIsRead() {
    byte[] file =
        workbook(
            workbook -> {
              Worksheet hidden = workbook.newWorksheet("lists");
              hidden.value(0, 0, "x");
              hidden.setVisibilityState(VisibilityState.HIDDEN);
              Worksheet sheet = workbook.newWorksheet("名册");
              row(sheet, 0, "姓名", "社会保障号码");
              row(sheet, 1, "张三", "990101199003150015");
            });
    assertEquals(List.of("enrolled"), each(send(file).is(200), "outcome"));
  }

  @Test
  void theSameFileAgainChangesNothing() {
    String path = "/v1/classes/" + Samples.approvedClass(world) + "/roster";
    byte[] file = sheet(sheet -> row(sheet, 1, "张三", "990101199003150015"));
    Ask.post(path).by(Role.INSTITUTION).body(TYPE, file).to(world).is(200);
    Answer again = Ask.post(path).by(Role.INSTITUTION).body(TYPE, file).to(world).is(200);
    assertEquals(1, again.json().path("alreadyEnrolled").asInt());
  }

  @Test
  void moreRowsThanTheSettingAllowsAreTooMany() {
    byte[] file =
        sheet(
            sheet -> {
              for (int i = 1; i <= 101; i++) {
                row(sheet, i, "张三", "" + i);
              }
            });
    Answer refused = send(file).isProblem(413, "too_large");
    assertEquals(100, refused.json().path("rowsMax").asInt());
  }

  @Test
  void aHeaderWithoutTheNeededColumnsIsRefused() {
    send(workbook(workbook -> row(workbook.newWorksheet("s"), 2, "姓名", "电话")))
        .isProblem(422, "invalid_field");
    send(workbook(workbook -> workbook.newWorksheet("empty"))).isProblem(422, "invalid_field");
  }

  @Test
  void whatIsNoSpreadsheetCannotBeRead() {
    byte[] cut = sheet(sheet -> row(sheet, 1, "张三", "990101199003150015"));
    for (byte[] file :
        List.of(
            new byte[0],
            "姓名,社会保障号码\n".getBytes(World.UTF_8),
            new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0},
            Arrays.copyOf(cut, cut.length / 2),
            zip(Map.of("word/document.xml", "<w/>")),
            parts("<row r='1'><c r='A1'><v>"))) {
      send(file).isProblem(422, "roster_undecodable");
    }
  }

  @Test
  void whatInflatesBeyondMeasureIsNotUnpacked() {
    byte[] bomb = parts("<row r='1'/>" + " ".repeat(40_000_000));
    assertTrue(bomb.length < 100_000);
    Answer refused = send(bomb).isProblem(413, "too_large");
    assertEquals(16_777_216, refused.json().path("inflatedBytesMax").asInt());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<row r='1'><c r='ZZZZZZ1'><v>1</v></c></row>",
        "<row r='1'><c r='a1'><v>1</v></c></row>",
        "<row r='x'/>",
        "<row r='1'><c r='A1' t='s'><v>2000000000</v></c></row>",
        "<row r='1'><c r='A1' t='s'><v>-1</v></c></row>",
        "<row r='1'><c r='A1' t='s'><v>7</v></c></row>",
        "<row r='1'><c r='A1' t='s'><v>100000</v></c></row>",
        "<row r='1'><c r='A1' t='nonsense'><v>7</v></c></row>"
      })
  void addressesThatNoProgramWritesAreNotBelieved(String rows) {
    send(parts(rows)).isProblem(422, "roster_undecodable");
  }

  @Test
  void fewBytesCannotMakeManyCells() {
    Answer lines = send(parts("<row/>".repeat(5001))).isProblem(413, "too_large");
    assertEquals(5000, lines.json().path("linesMax").asInt());
    Answer columns =
        send(parts("<row r='1'><c r='BM1'><v>1</v></c></row>")).isProblem(413, "too_large");
    assertEquals(64, columns.json().path("columnsMax").asInt());
    send(parts("<row>" + "<c/>".repeat(16_385) + "</row>")).isProblem(413, "too_large");
    String array = "<c><f t='array' ref='A1:XFD1048576'>1</f></c>";
    send(parts("<row>" + array.repeat(60) + "</row>")).isProblem(422, "invalid_field");
  }

  @Test
  void emptyCellsOfAnyColumnMeanNothing() {
    String file =
        "<row><c t='inlineStr'><is><t>name</t></is></c><c t='inlineStr'><is><t>number</t></is></c>"
            + "<c r='XFD1'/></row><row r='2'><c t='inlineStr'><is><t>A</t></is></c>"
            + "<c t='inlineStr'><is><t>990101199003150015</t></is></c><c r='XFD2' s='1'/></row>";
    assertEquals(
        List.of("enrolled"),
        each(send(parts(file + "<row r='9'><c r='XFD9'/></row>")).is(200), "outcome"));
  }

  @Test
  void aDocumentTypeIsNotRead() {
    Map<String, String> parts = bareParts("");
    parts.put(
        "xl/worksheets/sheet1.xml",
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><worksheet><sheetData>"
            + "<row r='1'><c r='A1' t='inlineStr'><is><t>&e;</t></is></c></row>"
            + "</sheetData></worksheet>");
    send(zip(parts)).isProblem(422, "roster_undecodable");
  }

  @Test
  void rowsAndCellsMayOmitTheirPosition() {
    String file =
        "<row><c t='inlineStr'><is><t>name</t></is></c><c t='inlineStr'><is><t>number</t></is></c></row>"
            + "<row><c t='str'><v>Zhang_x0020_San</v></c><c t='inlineStr'><is><t>990101199003150015</t></is></c></row>";
    Answer rows = send(parts(file)).is(200);
    assertEquals(List.of("2"), each(rows, "line"));
    assertEquals(List.of("enrolled"), each(rows, "outcome"));
    assertEquals("Zhang San", world.people.stored.getLast().name());
  }

  private static byte[] parts(String rows) {
    return zip(bareParts(rows));
  }

  private static Map<String, String> bareParts(String rows) {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put(
        "[Content_Types].xml",
        "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>");
    parts.put(
        "xl/workbook.xml",
        "<workbook xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>"
            + "<sheets><sheet name='s' sheetId='1' r:id='rId1'/></sheets></workbook>");
    parts.put(
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id='rId1' Target='worksheets/sheet1.xml'/></Relationships>");
    parts.put(
        "xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>");
    return parts;
  }

  private static byte[] zip(Map<String, String> parts) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(World.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
