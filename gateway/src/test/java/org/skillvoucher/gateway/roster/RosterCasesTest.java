package org.skillvoucher.gateway.roster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.domain.identity.CitizenId;
import org.skillvoucher.domain.identity.Parsed;
import org.skillvoucher.gateway.http.Code;
import org.skillvoucher.gateway.http.ProblemException;
import org.skillvoucher.gateway.person.People;

/** Roster files as people save them, and the verdict of every row. */
class RosterCasesTest {
  private static final String C = "990101199003150015";

  @ParameterizedTest
  @CsvSource({
    "D03-foreign-pr-18.csv,2:foreign_permanent_residence",
    "D04-hk-untyped.csv,2:residence_permit",
    "D05-hk-typed-bad-check.csv,2:id_check_digit 3:id_length",
    "D06-idtype-words.csv,2:citizen_id 3:citizen_id 4:other 5:other 6:citizen_id",
    "D07-title-row.csv,3:citizen_id 4:citizen_id 5:citizen_id",
    "D08-header-spaced.csv,2:citizen_id",
    "D08-header-synonyms.csv,2:citizen_id",
    "D10-excel-unicode-text-utf16le.csv,2:citizen_id 3:citizen_id 4:citizen_id",
    "D11-pua-name.csv,2:citizen_id*",
    "D11-rare-char-lost.csv,2:name_invalid 3:name_invalid",
    "D14-apostrophe-zwsp.csv,2:citizen_id* 3:citizen_id* 4:citizen_id* 5:citizen_id*"
  })
  void aFileOfTheFieldHasTheseVerdictsInBothFormats(String name, String verdicts) {
    byte[] file = RosterFiles.named(name);
    assertEquals(verdicts, RosterFiles.verdicts(RosterFiles.csv(file)));
    assertEquals(verdicts, RosterFiles.verdicts(RosterFiles.xlsx(RosterFiles.asXlsx(file))));
  }

  @ParameterizedTest
  @CsvSource({
    "D07-title-row-merged.xlsx,3:citizen_id 4:citizen_id 5:citizen_id",
    "D12-two-sheets.xlsx,2:citizen_id 3:citizen_id 2:citizen_id 3:citizen_id 4:citizen_id",
    "D13-strict-ooxml.xlsx,2:citizen_id",
    "S05-wide-rows.xlsx,2:citizen_id"
  })
  void aSpreadsheetOfTheFieldHasTheseVerdicts(String name, String verdicts) {
    assertEquals(verdicts, RosterFiles.verdicts(RosterFiles.xlsx(RosterFiles.named(name))));
  }

  @Test
  void rowsThatDifferOnlyInEmptyCellsAtTheirEndAreAlike() {
    RosterFile file = RosterFiles.csv(RosterFiles.named("D09-excel-16-row-blocks-gbk.csv"));
    assertEquals(32, file.rows().size());
    assertTrue(file.rows().stream().allMatch(row -> row.person().toOptional().isPresent()));
  }

  @Test
  void aFileWhoseNumbersLostTheirLastDigitsIsRefusedWhole() {
    byte[] file = RosterFiles.named("D02-lost-digits-50.csv");
    for (ProblemException refused :
        List.of(
            assertThrows(ProblemException.class, () -> RosterFiles.csv(file)),
            assertThrows(
                ProblemException.class, () -> RosterFiles.xlsx(RosterFiles.asXlsx(file))))) {
      assertEquals(Code.ROSTER_DIGITS_LOST, refused.problem().code());
      assertEquals(42, refused.problem().facts().get("numbersEndingInZeros"));
      assertEquals(50, refused.problem().facts().get("numbers"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,1,0,true", // all that is there is spoilt
    "0,0,1,true",
    "19,1,0,false", // one real number among others
    "1,1,0,false",
    "20,0,1,false", // under 5 %: refused by its check digit alone
    "18,0,1,true",
    "38,2,0,false",
    "37,2,0,true"
  })
  void moreThanFivePercentOfNumbersEndingInZerosRefuseAFile(
      int intact, int realZeros, int spoilt, boolean refused) {
    StringBuilder csv = new StringBuilder("姓名,身份证号\n");
    IntStream.range(0, intact).forEach(n -> csv.append("甲,").append(citizen(n)).append('\n'));
    realNumbersEndingInZeros().stream()
        .limit(realZeros)
        .forEach(number -> csv.append("乙,").append(number).append('\n'));
    IntStream.range(0, spoilt).forEach(n -> csv.append("丙,990101199003151000\n"));
    if (refused) {
      assertThrows(ProblemException.class, () -> RosterFiles.csv(csv.toString()));
    } else {
      assertEquals(intact + realZeros + spoilt, RosterFiles.csv(csv.toString()).rows().size());
    }
  }

  private static List<String> realNumbersEndingInZeros() {
    return IntStream.range(10, 29)
        .mapToObj(day -> "990101199003" + day + "0000")
        .filter(RosterCasesTest::isCitizen)
        .toList();
  }

  /** The n-th of distinct numbers that end in a digit, and not in 000. */
  private static String citizen(int n) {
    return IntStream.range(0, 1000)
        .mapToObj(i -> String.format(Locale.ROOT, "99010119800101%03d%d", i / 9, 1 + i % 9))
        .filter(RosterCasesTest::isCitizen)
        .skip(n)
        .findFirst()
        .orElseThrow();
  }

  private static boolean isCitizen(String number) {
    return CitizenId.parse(number, RosterFiles.TODAY) instanceof Parsed.Valid;
  }

  static Stream<String> headers() {
    return Stream.of(
        "姓名,身份证号",
        "\uFEFF姓名,身份证号",
        "姓　名,身 份 证 号",
        "\"姓\n名\",\"身份证\n号码\"",
        "*姓名,*身份证号码",
        "姓名（必填）,身份证号（必填）",
        "姓名*（必填）,身份证号码(18位)",
        "姓名：,社会保障号码：",
        "学员姓名,身份证件号码",
        "姓名,公民身份证号码",
        "姓名,社保号",
        "姓名,证件号",
        "姓名 name,社会保障号码 number",
        "姓名/Name,身份证号/Number",
        "NAME,Number",
        "Full Name,ID Number",
        "ＮＡＭＥ,ＮＵＭＢＥＲ");
  }

  @ParameterizedTest
  @MethodSource("headers")
  void aHeaderIsKnownByItsWords(String header) {
    byte[] file = (header + "\n张三," + C + "\n").getBytes(UTF_8);
    assertTrue(RosterFiles.verdicts(RosterFiles.csv(file)).endsWith(":citizen_id"));
    byte[] xlsx = RosterFiles.asXlsx(file);
    assertTrue(RosterFiles.verdicts(RosterFiles.xlsx(xlsx)).endsWith(":citizen_id"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "姓名,手机号码\n张三,13900000000\n",
        "家长姓名,身份证号\n",
        "姓名(拼音),身份证号\n",
        "身份证号\n" + C + "\n",
        "张三," + C + "\n",
        "",
        "姓名,社会保障卡号\n",
        "t\nt\nt\nt\nt\nt\nt\nt\nt\nt\n姓名,身份证号\n"
      })
  void whatIsNoHeaderIsShownWithTheWordsThatAre(String text) {
    var refused = assertThrows(ProblemException.class, () -> RosterFiles.csv(text)).problem();
    assertEquals(Code.INVALID_FIELD, refused.code());
    assertTrue(
        Objects.requireNonNull(refused.facts().get("acceptedHeaders"))
            .toString()
            .contains("社会保障号码"));
    String shown =
        Objects.requireNonNull(refused.facts().get("found")).toString() + refused.errors();
    assertTrue(!shown.contains(C) && !shown.contains("张三"), shown);
    text.lines()
        .limit(1)
        .filter(line -> !line.contains(C) && !line.isEmpty())
        .map(line -> line.split(",", -1)[0])
        .forEach(cell -> assertTrue(shown.contains(cell), shown));
  }

  @Test
  void aColumnNamedTwiceIsNotGuessed() {
    for (String header : List.of("姓名,学员姓名,身份证号", "姓名,身份证号,社会保障号码")) {
      var refused =
          assertThrows(ProblemException.class, () -> RosterFiles.csv(header + "\n甲,乙,丙\n"));
      assertTrue(refused.problem().errors().getFirst().detail().en().contains("each column once"));
    }
  }

  @Test
  void titlesAndBlankLinesMayComeBeforeTheHeader() {
    RosterFile file = RosterFiles.csv("某校花名册\n\n第3期,,\n,,\n2026年3月\n序号,姓名,身份证号\n1,张三," + C + "\n");
    assertEquals("7:citizen_id", RosterFiles.verdicts(file));
    assertEquals(Optional.of(6L), file.sheets().getFirst().headerLine());
  }

  @ParameterizedTest
  @CsvSource({
    "'合计,,1',TOTAL",
    "'合计：1人,,',TOTAL",
    "',总计,1',TOTAL",
    "'小 计,,1',TOTAL",
    "'共1人,,',TOTAL",
    "'共计 12 人,,',TOTAL",
    "'共十二名学员,,',TOTAL",
    "'制表人：李四,,',NOTE",
    "'制表人：李四,审核人：王五,日期：2026-03-01',NOTE",
    "'填表日期：2026年3月1日,,',NOTE",
    "'单位（盖章）：,,',NOTE",
    "'备注：以上人员均已到场,,',NOTE",
    "'序号,姓名,身份证号',HEADER_REPEATED",
    "'2,,',NOBODY"
  })
  void aLineThatIsNobodysIsNamedAndNoFault(String line, SkippedLine.Reason reason) {
    byte[] file = ("序号,姓名,身份证号\n1,张三," + C + "\n" + line + "\n").getBytes(UTF_8);
    for (RosterFile read :
        List.of(RosterFiles.csv(file), RosterFiles.xlsx(RosterFiles.asXlsx(file)))) {
      assertEquals("2:citizen_id", RosterFiles.verdicts(read));
      assertEquals(3, read.skipped().getFirst().line());
      assertEquals(reason, read.skipped().getFirst().reason());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2,共三,990101199003150023",
        "2,,990101199003150023",
        "2,李四,",
        "2,合计,990101199003150023"
      })
  void aLineWithANameOrANumberIsAPersons(String line) {
    RosterFile read = RosterFiles.csv("序号,姓名,身份证号\n1,张三," + C + "\n" + line + "\n");
    assertEquals(2, read.rows().size());
    assertEquals(List.of(), read.skipped());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "居民身份证|2:citizen_id",
        "居民身份证（户口簿）|2:citizen_id",
        "身份证号码|2:citizen_id",
        "第二代居民身份证|2:citizen_id",
        "中华人民共和国居民身份证|2:citizen_id",
        "01|2:citizen_id",
        "1|2:citizen_id",
        "01-居民身份证|2:citizen_id",
        "citizen_id|2:citizen_id",
        "社会保障卡|2:citizen_id",
        "' '|2:citizen_id",
        "护照|2:id_type",
        "其它|2:id_type",
        "港澳台居民居住证|2:id_type",
        "会员卡|2:id_type",
        "张三|2:id_type"
      })
  void theTypeOfACitizenIdNumberIsWrittenInManyWords(String word, String verdict) {
    byte[] file = ("姓名,身份证号,证件类型\n张三," + C + "," + word + "\n").getBytes(UTF_8);
    assertEquals(verdict, RosterFiles.verdicts(RosterFiles.csv(file)));
    assertEquals(verdict, RosterFiles.verdicts(RosterFiles.xlsx(RosterFiles.asXlsx(file))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "护照",
        "港澳居民来往内地通行证",
        "台湾居民来往大陆通行证",
        "回乡证",
        "台胞证",
        "其他",
        "其它",
        "军官证",
        "99",
        "OTHER"
      })
  void otherDocumentsAreAcceptedUnderTheirNames(String word) {
    RosterFile file = RosterFiles.csv("姓名,证件号码,证件类型\nAna,E12345678," + word + "\n");
    assertEquals("2:other", RosterFiles.verdicts(file));
  }

  @Test
  void anUnknownTypeIsNamedUnlessItMayBeANumber() {
    RosterRow row = RosterFiles.csv("姓名,身份证号,证件类型\n张三," + C + ",会员卡\n").rows().getFirst();
    assertTrue(row.detail().en().contains("会员卡") && row.detail().zh().contains("会员卡"));
    assertTrue(row.detail().zh().contains("台湾居民来往大陆通行证"));
    RosterRow swapped = RosterFiles.csv("姓名,身份证号,证件类型\n张三,居民身份证," + C + "\n").rows().getFirst();
    assertTrue(!swapped.detail().en().contains(C));
  }

  static Stream<byte[]> encodings() {
    String text = "姓名,身份证号\r\n𠮷田," + C + "\r\n";
    return Stream.of(
        text.getBytes(UTF_8),
        ("\uFEFF" + text).getBytes(UTF_8),
        text.getBytes(Charset.forName("GB18030")),
        ("\uFEFF" + text).getBytes(Charset.forName("UTF-16LE")),
        ("\uFEFF" + text).getBytes(Charset.forName("UTF-16BE")),
        text.getBytes(Charset.forName("UTF-16LE")),
        text.getBytes(Charset.forName("UTF-16BE")),
        text.replace(',', '\t').getBytes(UTF_8),
        text.replace(',', ';').getBytes(UTF_8),
        text.replace(',', '|').getBytes(UTF_8),
        text.replace(',', '，').getBytes(UTF_8),
        ("sep=;\r\n" + text.replace(',', ';')).getBytes(UTF_8),
        ("\uFEFFsep=\t\r\n" + text.replace(',', '\t')).getBytes(Charset.forName("UTF-16LE")),
        ("\"sep=,\"\n" + text).getBytes(UTF_8));
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void everyEncodingAndSeparatorOfSpreadsheetProgramsIsRead(byte[] file) {
    RosterFile read = RosterFiles.csv(file);
    assertEquals(
        "𠮷田", read.rows().getFirst().person().toOptional().map(People.Identity::name).orElse(""));
  }

  @ParameterizedTest
  @CsvSource({
    "9.90101E+17,cell_number",
    "9.901011990031500E+17,cell_number",
    "990101900315001,citizen_id*",
    "'=\"990101199003150015\"',citizen_id*",
    "\u200b990101199003150015\u00a0,citizen_id*",
    "990101199003150015\u200f,citizen_id*",
    "\u2060990101199003150015\ufeff,citizen_id*",
    "９９９８４０１９８５０６１２００１７,foreign_permanent_residence*",
    "８１００００１８９００１０２００１５,residence_permit*",
    "830000199201010018,id_check_digit",
    "990101199013150015,id_birth_date"
  })
  void aNumberHasTheSameVerdictInBothFormats(String number, String verdict) {
    byte[] file = ("姓名,身份证号\n张三,\"" + number.replace("\"", "\"\"") + "\"\n").getBytes(UTF_8);
    assertEquals("2:" + verdict, RosterFiles.verdicts(RosterFiles.csv(file)));
    assertEquals("2:" + verdict, RosterFiles.verdicts(RosterFiles.xlsx(RosterFiles.asXlsx(file))));
  }
}
