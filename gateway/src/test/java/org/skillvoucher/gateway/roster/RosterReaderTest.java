package org.skillvoucher.gateway.roster;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skillvoucher.gateway.api.World;
import org.skillvoucher.gateway.http.Code;
import org.skillvoucher.gateway.http.ProblemException;
import org.skillvoucher.gateway.http.RosterLimits;

class RosterReaderTest {
  private static final String HEADER =
      "<row><c t='inlineStr'><is><t>姓名</t></is></c><c t='inlineStr'><is><t>身份证号</t></is></c></row>";

  private static RosterLimits limits(int threads, int queueMax, Duration readTimeout) {
    return new RosterLimits(
        2_097_152, 8_388_608, 16_777_216, 100, 1_000_000, 64, threads, queueMax, readTimeout, 5);
  }

  private static CompletableFuture<RosterFile> read(RosterReader reader, byte[] xlsx) {
    return reader
        .read(
            new RosterReader.Upload(ByteString.fromArray(xlsx), true, Optional.empty()),
            RosterFiles.TODAY)
        .toCompletableFuture();
  }

  private static Code refusal(CompletableFuture<?> read) {
    Throwable failure =
        assertThrows(CompletionException.class, () -> read.orTimeout(30, TimeUnit.SECONDS).join());
    return assertInstanceOf(ProblemException.class, failure.getCause()).problem().code();
  }

  @Test
  void aFileWithoutAPlaceInTheQueueIsToBeSentAgain() {
    var reader = new RosterReader(limits(1, 1, Duration.ofSeconds(20)), Duration.ofSeconds(2));
    byte[] long1 = sheet(HEADER + "<row/>".repeat(500_000));
    List<CompletableFuture<RosterFile>> reads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      reads.add(read(reader, long1));
    }
    long refused = reads.stream().filter(CompletableFuture::isCompletedExceptionally).count();
    assertTrue(refused >= 5, "of 8 files one is read and one waits, but refused are " + refused);
    assertEquals(Code.TRY_AGAIN, refusal(reads.getLast()));
    assertEquals(0, reads.getFirst().orTimeout(30, TimeUnit.SECONDS).join().rows().size());
  }

  @Test
  void afterTheDeadlineAReadFileIsTooLargeAndAWaitingOneIsToBeSentAgain() {
    var reader = new RosterReader(limits(1, 8, Duration.ofMillis(30)), Duration.ofSeconds(2));
    byte[] slow = sheet(HEADER + "<row/>".repeat(990_000));
    var read = read(reader, slow);
    var waiting = read(reader, slow);
    assertEquals(Code.TOO_LARGE, refusal(read));
    assertTrue(List.of(Code.TRY_AGAIN, Code.TOO_LARGE).contains(refusal(waiting)));
  }

  @Test
  void wideRowsOfManyFilesAtOnceAreReadInLittleTime() {
    var reader =
        new RosterReader(
            new RosterLimits(
                2_097_152,
                8_388_608,
                16_777_216,
                100,
                20_000,
                64,
                2,
                64,
                Duration.ofSeconds(20),
                5),
            Duration.ofSeconds(2));
    byte[] wide = RosterFiles.named("S05-wide-rows.xlsx");
    List<CompletableFuture<RosterFile>> reads =
        IntStream.range(0, 24).mapToObj(n -> read(reader, wide)).toList();
    for (CompletableFuture<RosterFile> file : reads) {
      assertEquals(1, file.orTimeout(20, TimeUnit.SECONDS).join().rows().size());
    }
  }

  @Test
  void picturesDoNotCountToTheSizeOfTheCells() {
    byte[] picture = new byte[4_000_000];
    new Random(5).nextBytes(picture);
    Map<String, byte[]> parts = parts(HEADER + row("张三", "990101199003150015"));
    parts.put("xl/media/image1.jpeg", picture);
    assertEquals("2:citizen_id", RosterFiles.verdicts(RosterFiles.xlsx(RosterFiles.zip(parts))));
    byte[] noise = new byte[2_300_000];
    new Random(6).nextBytes(noise);
    String text = Base64.getEncoder().encodeToString(noise);
    byte[] cells = sheet(HEADER + "<row><c t='str'><v>" + text + "</v></c></row>");
    var refused = assertThrows(ProblemException.class, () -> RosterFiles.xlsx(cells));
    assertEquals(Code.TOO_LARGE, refused.problem().code());
    assertEquals(2_097_152L, refused.problem().facts().get("bytesMax"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<c t='str'><f>\"990101199003150015\"</f><v>990101199003150015</v></c>|citizen_id*",
        "<c><f>CONCATENATE(A1,B1)</f><v>990101199003150015</v></c>|cell_formula",
        "<c t='str'><v>990101199003150015</v></c>|citizen_id",
        "<c><v>990101900315001</v></c>|citizen_id*",
        "<c><v>9.90101900315001E14</v></c>|citizen_id*",
        "<c><v>990101199003150015</v></c>|cell_number",
        "<c><v>9.9010119900315002E+17</v></c>|cell_number",
        "<c><v>32947</v></c>|cell_number",
        "<c><v>1e2147483647</v></c>|cell_number",
        "<c><v>1e-2147483647</v></c>|cell_number",
        "<c><v>x</v></c>|cell_other",
        "<c t='b'><v>1</v></c>|cell_other",
        "<c t='e'><v>#REF!</v></c>|cell_other",
        "<c t='inlineStr'><is><r><t>990101</t></r><r><t>199003150015</t></r></is></c>|citizen_id",
        "<c t='inlineStr'><is><t>990101199003150015</t><rPh><t>x</t></rPh></is></c>|citizen_id"
      })
  void aCellIsTakenOnlyWhenItsTextIsCertain(String cell, String verdict) {
    byte[] file = sheet(HEADER + "<row><c t='inlineStr'><is><t>张三</t></is></c>" + cell + "</row>");
    assertEquals("2:" + verdict, RosterFiles.verdicts(RosterFiles.xlsx(file)));
  }

  @Test
  void aCodeOfTheIdTypeMayBeANumber() {
    String typed =
        "<row><c t='inlineStr'><is><t>name</t></is></c><c t='inlineStr'><is><t>number</t></is></c>"
            + "<c t='inlineStr'><is><t>idType</t></is></c></row><row><c t='inlineStr'><is><t>A</t>"
            + "</is></c><c t='inlineStr'><is><t>990101199003150015</t></is></c><c><v>1</v></c></row>";
    assertEquals("2:citizen_id", RosterFiles.verdicts(RosterFiles.xlsx(sheet(typed))));
  }

  @Test
  void sheetsThatAreNotReadAreNamed() {
    Map<String, byte[]> parts = parts(HEADER + row("张三", "990101199003150015"));
    parts.put(
        "xl/workbook.xml",
        ("<workbook xmlns:r='http://purl.oclc.org/ooxml/officeDocument/relationships'><sheets>"
                + "<sheet name='名册' r:id='rId1'/><sheet name='说明' r:id='rId2'/>"
                + "<sheet name='隐藏' state='hidden' r:id='rId1'/><sheet name='空' r:id='rId3'/>"
                + "</sheets></workbook>")
            .getBytes(UTF_8));
    parts.put(
        "xl/_rels/workbook.xml.rels",
        ("<Relationships><Relationship Id='rId1' Target='worksheets/sheet1.xml'/>"
                + "<Relationship Id='rId2' Target='/xl/worksheets/sheet2.xml'/>"
                + "<Relationship Id='rId3' Target='worksheets/sheet3.xml'/></Relationships>")
            .getBytes(UTF_8));
    parts.put(
        "xl/worksheets/sheet2.xml",
        "<worksheet><sheetData><row><c t='str'><v>填表说明</v></c></row></sheetData></worksheet>"
            .getBytes(UTF_8));
    parts.put("xl/worksheets/sheet3.xml", "<worksheet><sheetData/></worksheet>".getBytes(UTF_8));
    RosterFile file = RosterFiles.xlsx(RosterFiles.zip(parts));
    assertEquals(
        List.of(
            Optional.empty(),
            Optional.of(RosterFile.Unread.NO_HEADER),
            Optional.of(RosterFile.Unread.HIDDEN),
            Optional.of(RosterFile.Unread.EMPTY)),
        file.sheets().stream().map(RosterFile.ReadSheet::unread).toList());
    assertEquals(Optional.of(1L), file.sheets().getFirst().headerLine());
  }

  @Test
  void onePersonOnTwoSheetsIsDoubled() {
    byte[] file = RosterFiles.named("D12-two-sheets.xlsx");
    List<RosterTable> tables = RosterXlsx.tables(file, World.ROSTERS);
    RosterFile twice =
        RosterFiles.check(
            List.of(tables.getFirst(), new RosterTable("第三组", false, tables.getFirst().lines())));
    assertEquals(
        "2:citizen_id 3:citizen_id 2:row_doubled 3:row_doubled", RosterFiles.verdicts(twice));
    assertTrue(twice.rows().getLast().detail().en().endsWith("on line 3 of sheet 第一组"));
  }

  @Test
  void otherFilesAreNamedWithTheRemedy() {
    byte[] ole = {
      (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1
    };
    assertNamed(ole, true, "XLS");
    assertNamed(joined(ole, "EncryptedPackage".getBytes(UTF_16LE)), true, "password");
    assertNamed("<html><table></table></html>".getBytes(UTF_8), true, "web page");
    assertNamed("\uFEFF <?xml version='1.0'?>".getBytes(UTF_8), false, "web page");
    assertNamed("%PDF-1.7".getBytes(UTF_8), false, "PDF");
    assertNamed("姓名,身份证号\n".getBytes(UTF_8), true, "text/csv");
    assertNamed(RosterFiles.named("D12-two-sheets.xlsx"), false, "XLSX");
    assertNamed(RosterFiles.zip(Map.of("content.xml", new byte[1])), true, "ODS");
    assertNamed(RosterFiles.zip(Map.of("xl/workbook.bin", new byte[1])), true, "XLSB");
    assertNamed(RosterFiles.zip(Map.of("Index/Document.iwa", new byte[1])), true, "Numbers");
    assertNamed(RosterFiles.zip(Map.of("word/document.xml", new byte[1])), true, "DOCX");
  }

  private static void assertNamed(byte[] file, boolean spreadsheet, String word) {
    var refused =
        assertThrows(
                ProblemException.class,
                () -> {
                  if (spreadsheet) {
                    RosterFiles.xlsx(file);
                  } else {
                    RosterFiles.csv(file);
                  }
                })
            .problem();
    assertEquals(Code.ROSTER_UNDECODABLE, refused.code());
    assertTrue(refused.detail().en().contains(word), refused.detail().en());
  }

  private static byte[] joined(byte[] first, byte[] second) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(first);
    bytes.writeBytes(second);
    return bytes.toByteArray();
  }

  private static String row(String name, String number) {
    return "<row><c t='inlineStr'><is><t>"
        + name
        + "</t></is></c><c t='inlineStr'><is><t>"
        + number
        + "</t></is></c></row>";
  }

  private static byte[] sheet(String rows) {
    return RosterFiles.zip(parts(rows));
  }

  private static Map<String, byte[]> parts(String rows) {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put(
        "xl/workbook.xml",
        ("<workbook xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>"
                + "<sheets><sheet name='s' sheetId='1' r:id='rId1'/></sheets></workbook>")
            .getBytes(UTF_8));
    parts.put(
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id='rId1' Target='worksheets/sheet1.xml'/></Relationships>"
            .getBytes(UTF_8));
    parts.put(
        "xl/worksheets/sheet1.xml",
        ("<worksheet><sheetData>" + rows + "</sheetData></worksheet>").getBytes(UTF_8));
    return parts;
  }
}
