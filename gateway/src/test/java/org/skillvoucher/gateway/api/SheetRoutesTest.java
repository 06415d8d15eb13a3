package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.gateway.person.People;
import org.skillvoucher.gateway.projection.Views;
import org.skillvoucher.gateway.security.Role;
import org.slf4j.LoggerFactory;

class SheetRoutesTest {
  private static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private final World world = new World();
  private final String id = Samples.approvedClass(world);

  private void attended(String number, String name) {
    People.Identity person = new People.Identity(IdType.CITIZEN_ID, number, name);
    world.people.stored.add(person);
    PersonPseudonym pseudonym = world.people.pseudonym(person.type(), person.number());
    world.views.sheet = Optional.of(SheetSamples.sheet(List.of(pseudonym)));
  }

  private Ask sheet(String query) {
    return Ask.get("/v1/classes/" + id + "/sheet" + query);
  }

  @Test
  void theJsonKnowsPeopleByPseudonymOnly() {
    attended(Samples.MALE, "𠮷田");
    Answer sheet = sheet("").by(Role.INSTITUTION).to(world).is(200);
    assertEquals(id, sheet.json().path("classId").asText());
    assertEquals("990000/2025-01-01", sheet.json().path("rulePack").asText());
    assertEquals(80, sheet.json().path("thresholdPercent").asInt());
    assertEquals(52, sheet.json().at("/lines/0/percent").asInt());
    assertEquals("2.2", sheet.json().at("/lines/0/classHoursTheory").asText());
    assertEquals(190, sheet.json().at("/lines/0/minutesScanned").asInt());
    assertEquals(1, sheet.json().at("/lines/0/lessonsOffline").asInt());
    assertEquals("F2", sheet.json().at("/lines/0/flagIds/1").asText());
    assertFalse(sheet.text().contains("𠮷"));
    assertFalse(sheet.text().contains(Samples.MALE));
  }

  @Test
  void theJsonGoesOnBehindACursor() {
    attended(Samples.MALE, "𠮷田");
    Views.ClassSheet one = world.views.sheet.orElseThrow();
    world.views.sheet =
        Optional.of(
            new Views.ClassSheet(one.rules(), one.sheet(), one.remarks(), Optional.of("next")));
    Answer page = sheet("?limit=1&cursor=abc").by(Role.AUDITOR).to(world).is(200);
    assertEquals("next", page.json().path("nextCursor").asText());
    assertEquals(Optional.of(new Views.Paging(Optional.of("abc"), 1)), world.views.paging);
    sheet("?limit=201").by(Role.AUDITOR).to(world).isProblem(422, "invalid_field");
  }

  @Test
  void thoseWhoKnowThePeopleGetThemByName() {
    attended(Samples.MALE, "𠮷田");
    for (Role role : List.of(Role.INSTITUTION, Role.ISSUING_AUTHORITY)) {
      Answer csv = sheet("").by(role).accept("text/csv").to(world).is(200);
      assertEquals("text/csv; charset=UTF-8", csv.contentType());
      assertTrue(csv.text().contains("𠮷田," + Samples.MALE + "\t,citizen_id"));
    }
  }

  @Test
  void everybodyElseGetsThemMasked() {
    attended(Samples.MALE, "𠮷田");
    for (Role role : List.of(Role.AUDITOR, Role.OPERATOR)) {
      Answer csv = sheet("").by(role).accept("text/csv").to(world).is(200);
      assertTrue(csv.text().contains("𠮷*,990101********0015,citizen_id"));
      assertFalse(csv.text().contains(Samples.MALE));
      byte[] xlsx = sheet("").by(role).accept(XLSX).to(world).is(200).body().toArray();
      String cells = SheetSamples.cells(xlsx, 0) + "" + SheetSamples.cells(xlsx, 1);
      assertTrue(cells.contains("990101********0015") && cells.contains("脱敏 masked"));
      assertFalse(cells.contains(Samples.MALE));
    }
  }

  @Test
  void theSpreadsheetHasItsMediaTypeAndName() {
    attended(Samples.ENDS_X, "李四");
    Answer file = sheet("").by(Role.INSTITUTION).accept(XLSX).to(world).is(200);
    assertEquals(XLSX, file.contentType());
    String disposition = file.header("content-disposition").orElseThrow();
    assertTrue(disposition.startsWith("attachment"), disposition);
    assertTrue(disposition.contains("attendance-sheet-" + id + ".xlsx"), disposition);
    assertTrue(disposition.contains("%E8%80%83%E5%8B%A4%E8%A1%A8-" + id + ".xlsx"), disposition);
    List<List<String>> rows = SheetSamples.cells(file.body().toArray(), 0);
    assertEquals(List.of("STRING 李四", "STRING " + Samples.ENDS_X), rows.get(1).subList(1, 3));
    assertTrue(
        SheetSamples.cells(file.body().toArray(), 1)
            .contains(List.of("STRING 班级编号 class id", "STRING " + id)));
  }

  @Test
  void aFileIsWhole() {
    attended(Samples.MALE, "张三");
    for (String query : List.of("?limit=10", "?cursor=abc")) {
      sheet(query)
          .by(Role.INSTITUTION)
          .accept("text/csv")
          .to(world)
          .isProblem(422, "invalid_field");
    }
  }

  @Test
  void otherKindsOfFileAreNotOnOffer() {
    attended(Samples.MALE, "张三");
    sheet("")
        .by(Role.INSTITUTION)
        .accept("application/pdf")
        .to(world)
        .isProblem(406, "not_acceptable");
    sheet("").by(Role.INSTITUTION).accept("text/html, */*;q=0.8").to(world).is(200).json();
  }

  @Test
  void anotherInstitutionsSheetIsNotThereAndOneNotYetThereIsWorthAskingAgain() {
    for (String type : List.of("application/json", "text/csv", XLSX)) {
      sheet("").byForeign(Role.INSTITUTION).accept(type).to(world).isProblem(404, "not_found");
      Answer notYet = sheet("").by(Role.AUDITOR).accept(type).to(world).isProblem(404, "not_found");
      assertEquals("1", notYet.header("retry-after").orElseThrow());
    }
  }

  @Test
  void withoutTheVaultThereIsNoFile() {
    attended(Samples.MALE, "张三");
    world.people.failure = Optional.of(new IllegalStateException("vault"));
    sheet("").by(Role.INSTITUTION).accept(XLSX).to(world).isProblem(503, "try_again");
    sheet("").by(Role.INSTITUTION).to(world).is(200);
  }

  @Test
  void anExportIsNotedWithoutNamingAnybody() {
    attended(Samples.MALE, "𠮷田");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(SheetRoutes.class);
    log.start();
    logger.addAppender(log);
    logger.setLevel(Level.INFO);
    try {
      sheet("").by(Role.AUDITOR).accept("text/csv").to(world).is(200);
    } finally {
      logger.detachAppender(log);
      logger.setLevel(null);
    }
    assertEquals(
        List.of(
            "attendance sheet of class "
                + id
                + " exported as text/csv by token T-auditor (auditor): 1 people, masked"),
        log.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
  }
}
