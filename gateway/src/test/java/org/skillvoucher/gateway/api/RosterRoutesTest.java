package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.server.Route;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.gateway.security.Role;

class RosterRoutesTest {
  private static final Charset GB18030 = Charset.forName("GB18030");

  private final World world = new World();

  private Answer send(String type, byte[] file) {
    return Ask.post("/v1/classes/" + Samples.approvedClass(world) + "/roster")
        .by(Role.INSTITUTION)
        .body(type, file)
        .to(world);
  }

  private static List<String> each(Answer answer, String member) {
    return answer.json().path("rows").valueStream().map(r -> r.path(member).asText()).toList();
  }

  private static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\n";
  }

  @Test
  void aDirtyFileInGb18030HasAVerdictForEachRow() {
    String file =
        lines(
            "姓名,社会保障号码",
            "𠮷田,990101199003150015",
            "张三,９９０１０１１９９００３１５００２３",
            "李四,99010119900315004x",
            "王五,990102199003150015",
            "赵六,990101199702290017",
            ",990301199602290010",
            "钱七,12345",
            "孙八",
            "𠮷田,990101199003150015");
    Answer rows = send("text/csv", file.getBytes(GB18030)).is(200);
    assertEquals(List.of("2", "3", "4", "5", "6", "7", "8", "9", "10"), each(rows, "line"));
    assertEquals(
        List.of(
            "",
            "",
            "",
            "id_check_digit",
            "id_birth_date",
            "name_missing",
            "id_length",
            "id_length",
            "row_doubled"),
        each(rows, "code"));
    assertEquals(
        List.of("false", "true", "true", "false", "false", "false", "false", "false", "false"),
        each(rows, "normalised"));
    assertEquals(3, rows.json().path("enrolled").asInt());
    assertEquals(6, rows.json().path("refused").asInt());
    assertEquals("𠮷田", world.people.stored.get(1).name());
    assertEquals(Samples.ENDS_X, world.people.stored.get(3).number());
    assertFalse(rows.text().contains("9901"));
    assertFalse(rows.text().contains("𠮷"));
  }

  @Test
  void theSameFileAgainChangesNothing() {
    String path = "/v1/classes/" + Samples.approvedClass(world) + "/roster";
    byte[] file = Samples.ROSTER.getBytes(World.UTF_8);
    Ask.post(path).by(Role.INSTITUTION).body("text/csv", file).to(world).is(200);
    Answer again = Ask.post(path).by(Role.INSTITUTION).body("text/csv", file).to(world).is(200);
    assertEquals(List.of("already_enrolled"), each(again, "outcome"));
    assertEquals(0, again.json().path("enrolled").asInt());
    assertEquals(1, again.json().path("alreadyEnrolled").asInt());
  }

  @Test
  void aPersonKnownByAnotherNameIsEnrolledAndTheRowSaysSoWithoutShowingIt() {
    world.people.knownByOtherName.add("990101199003150015");
    Answer rows =
        send("text/csv", lines("姓名,社会保障号码", "张三,990101199003150015").getBytes(World.UTF_8)).is(200);
    assertEquals(List.of("enrolled"), each(rows, "outcome"));
    assertEquals(List.of("name_differs"), each(rows, "code"));
    assertTrue(each(rows, "detail").getFirst().contains("another name"));
    assertEquals(1, rows.json().path("enrolled").asInt());
  }

  @Test
  void ofTwoConcurrentImportsOnlyOneEnrolsAPerson() {
    String path = "/v1/classes/" + Samples.approvedClass(world) + "/roster";
    byte[] file = Samples.ROSTER.getBytes(World.UTF_8);
    Route route = world.route();
    world.people.completeStoresTogether(2);
    var imports =
        Stream.of(1, 2)
            .map(n -> Ask.post(path).by(Role.INSTITUTION).body("text/csv", file).start(route))
            .toList();
    assertEquals(
        List.of("already_enrolled", "enrolled"),
        imports.stream()
            .map(answer -> answer.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join())
            .flatMap(answer -> each(answer.is(200), "outcome").stream())
            .sorted()
            .toList());
  }

  @Test
  void eachPersonOfARosterCostsOneKeyedHash() {
    String path = "/v1/classes/" + Samples.approvedClass(world) + "/roster";
    int before = world.people.hashes;
    String file = "name,number,idType\na,E1,other\nb,E2,other\nc,?,other\n";
    Ask.post(path)
        .by(Role.INSTITUTION)
        .body("text/csv", file.getBytes(World.UTF_8))
        .to(world)
        .is(200);
    assertEquals(2, world.people.hashes - before);
  }

  @Test
  void aRowIsNamedByTheLineItBeginsOn() {
    String file =
        "姓名,社会保障号码,备注\n张三,990101199003150015,\"one\ntwo\nthree\"\n\n李四,990101199003150023,x\n";
    Answer rows = send("text/csv", file.getBytes(World.UTF_8)).is(200);
    assertEquals(List.of("2", "6"), each(rows, "line"));
    assertEquals(2, rows.json().path("enrolled").asInt());
  }

  @Test
  void everyDeclarationOfTheCharacterSetIsUnderstood() {
    for (String type :
        List.of(
            "text/csv; charset=UTF-8",
            "text/csv; charset=gb18030",
            "text/csv; charset=GBK",
            "text/csv")) {
      Charset charset = type.contains("gb") || type.contains("GB") ? GB18030 : World.UTF_8;
      assertEquals(
          List.of("enrolled"),
          each(send(type, Samples.ROSTER.getBytes(charset)).is(200), "outcome"),
          type);
    }
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheHeader() {
    for (String type : List.of("text/csv", "text/csv; charset=UTF-8")) {
      Answer rows = send(type, ("\uFEFF" + Samples.ROSTER).getBytes(World.UTF_8)).is(200);
      assertEquals(1, rows.json().path("enrolled").asInt());
    }
  }

  @Test
  void englishHeadersAndOtherOrdersAreUnderstood() {
    String file = "IdType,Number,Name\nother,E12345678,Ana\n,990101199003150015,张三\n会员卡,X1,Bo\n";
    Answer rows = send("text/csv", file.getBytes(World.UTF_8)).is(200);
    assertEquals(List.of("", "", "id_type"), each(rows, "code"));
    assertEquals(IdType.OTHER, world.people.stored.get(1).type());
  }

  @Test
  void undecodableBytesAreReportedByTheirOffset() {
    byte[] file = Samples.ROSTER.getBytes(World.UTF_8);
    file[Samples.ROSTER.indexOf("张") + 20] = (byte) 0xFF;
    Answer refused = send("text/csv; charset=UTF-8", file).isProblem(422, "roster_undecodable");
    assertTrue(refused.json().path("byteOffset").asInt() > 0);
    assertEquals(2, refused.json().path("line").asInt());
    send("text/csv", new byte[] {(byte) 0xFF, (byte) 0xFF}).isProblem(422, "roster_undecodable");
    send("text/csv; charset=UTF-8", Samples.ROSTER.getBytes(GB18030))
        .isProblem(422, "roster_undecodable");
    byte[] cut = Samples.ROSTER.getBytes(GB18030);
    send("text/csv", Arrays.copyOf(cut, 1)).isProblem(422, "roster_undecodable");
  }

  @Test
  void aHeaderWithoutTheNeededColumnsIsRefused() {
    for (String file :
        List.of("", "姓名\n张三\n", "张三,990101199003150015\n", "name,number,姓名\na,b,c\n")) {
      send("text/csv", file.getBytes(World.UTF_8)).isProblem(422, "invalid_field");
    }
  }

  @Test
  void anUnterminatedQuoteMakesTheFileUndecodable() {
    send("text/csv", "姓名,社会保障号码\n\"张三,990101199003150015\n".getBytes(World.UTF_8))
        .isProblem(422, "roster_undecodable");
  }

  @Test
  void oneNumberUnderTwoNamesIsRefusedOnBothLines() {
    String file = lines("姓名,社会保障号码", "张三,990101199003150015", "李四,990101199003150015");
    Answer rows = send("text/csv", file.getBytes(World.UTF_8)).is(200);
    assertEquals(List.of("row_doubled", "row_doubled"), each(rows, "code"));
    rows.json()
        .path("rows")
        .forEach(row -> assertTrue(row.path("detail").asText().contains("line 2")));
  }

  @Test
  void oneNumberInTwoSpellingsIsDoubledToo() {
    String file = lines("姓名,社会保障号码", "张三,99010119900315004X", " 张三 ,９９０１０１１９９００３１５００４ｘ");
    Answer rows = send("text/csv", file.getBytes(World.UTF_8)).is(200);
    assertEquals(List.of("", "row_doubled"), each(rows, "code"));
  }

  @Test
  void namesWithDirectionControlsAreRefused() {
    String file = lines("姓名,社会保障号码", "张\u202E三,990101199003150015", "李\u0000四,990101199003150023");
    Answer rows = send("text/csv", file.getBytes(World.UTF_8)).is(200);
    assertEquals(List.of("name_invalid", "name_invalid"), each(rows, "code"));
  }

  @Test
  void moreRowsThanTheSettingAllowsAreTooMany() {
    StringBuilder file = new StringBuilder("姓名,社会保障号码\n");
    for (int i = 0; i < 101; i++) {
      file.append("张三,").append(i).append('\n');
    }
    Answer refused =
        send("text/csv", file.toString().getBytes(World.UTF_8)).isProblem(413, "too_large");
    assertEquals(100, refused.json().path("rowsMax").asInt());
  }

  @Test
  void moreHeadsThanTheRegionAllowsAreRefusedByTheClass() {
    String file =
        lines(
            "name,number,idType",
            "a,E1,other",
            "b,E2,other",
            "c,E3,other",
            "d,E4,other",
            "e,E5,other",
            "f,E6,other");
    Answer refused = send("text/csv", file.getBytes(World.UTF_8)).isProblem(409, "roster_full");
    assertEquals(5, refused.json().path("rosterMax").asInt());
  }

  @Test
  void anotherInstitutionsRosterIsNotFoundAndNobodyIsStored() {
    String id = Samples.approvedClass(world);
    int before = world.people.stored.size();
    Ask.post("/v1/classes/" + id + "/roster")
        .byForeign(Role.INSTITUTION)
        .body("text/csv", Samples.ROSTER.getBytes(World.UTF_8))
        .to(world)
        .isProblem(404, "not_found");
    assertEquals(before, world.people.stored.size());
  }

  @Test
  void withoutTheVaultNobodyIsEnrolled() {
    String id = Samples.approvedClass(world);
    world.people.failure = Optional.of(new IllegalStateException("vault"));
    Ask.post("/v1/classes/" + id + "/roster")
        .by(Role.INSTITUTION)
        .body("text/csv", Samples.ROSTER.getBytes(World.UTF_8))
        .to(world)
        .isProblem(503, "try_again");
    assertEquals(
        0,
        Ask.get("/v1/classes/" + id)
            .by(Role.INSTITUTION)
            .to(world)
            .json()
            .path("rosterSize")
            .asInt());
  }

  @Test
  void aFileOfAnotherKindOrCharacterSetIsNotTaken() {
    byte[] file = Samples.ROSTER.getBytes(World.UTF_8);
    send("application/json", file).isProblem(415, "unsupported_media_type");
    send("text/csv; charset=ISO-8859-1", file).isProblem(415, "unsupported_media_type");
  }

  @Test
  void detailsOfRowsAreInTheCallersLanguage() {
    String id = Samples.approvedClass(world);
    Answer rows =
        Ask.post("/v1/classes/" + id + "/roster")
            .by(Role.INSTITUTION)
            .in("zh-CN,zh;q=0.9,en;q=0.8")
            .body("text/csv", lines("姓名,社会保障号码", "钱七,12345").getBytes(World.UTF_8))
            .to(world)
            .is(200);
    assertEquals(List.of("公民身份号码应为 18 位"), each(rows, "detail"));
  }
}
