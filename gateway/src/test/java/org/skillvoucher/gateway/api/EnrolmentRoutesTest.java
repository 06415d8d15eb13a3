package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.gateway.security.Role;

class EnrolmentRoutesTest {
  private static final String NAME = "{\"name\":\" 王晓明 \",\"reason\":\"名册录入有误\"}";
  private static final String REASON = "{\"reason\":\"退班\"}";

  private final World world = new World();
  private final String classId = Samples.openClass(world);
  private final String person = pseudonym();

  private String pseudonym() {
    var enrolled = world.people.stored.getLast();
    return world.people.pseudonym(enrolled.type(), enrolled.number()).value();
  }

  private Answer send(Role role, String of, String what, String body) {
    return Ask.post("/v1/classes/" + classId + "/roster/" + of + "/" + what)
        .by(role)
        .json(body)
        .to(world);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INSTITUTION", "ISSUING_AUTHORITY"})
  void beforeTheFirstScanEitherSideMendsAName(Role role) {
    Answer mended = send(role, person, "name", NAME).is(200);
    assertEquals(List.of(person + " is 王晓明 in " + classId), world.people.mended);
    assertFalse(mended.text().contains("王晓明"));
  }

  @Test
  void aNameOfAPersonWhoIsNotOnTheRosterIsNotMended() {
    String stranger = world.people.pseudonym(IdType.OTHER, "stranger").value();
    send(Role.INSTITUTION, stranger, "name", NAME).isProblem(403, "not_enrolled");
    assertEquals(List.of(), world.people.mended);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"\",\"reason\":\"r\"}",
        "{\"name\":\" \",\"reason\":\"r\"}",
        "{\"name\":\"王\\uFFFD\",\"reason\":\"r\"}",
        "{\"name\":\"王晓明\"}",
        "{\"reason\":\"r\"}"
      })
  void anInvalidNameIsRefused(String body) {
    send(Role.INSTITUTION, person, "name", body).isProblem(422, "invalid_field");
    assertEquals(List.of(), world.people.mended);
  }

  @Test
  void aPersonTakenOffTheRosterIsOffIt() {
    send(Role.INSTITUTION, person, "removal", REASON).is(200);
    send(Role.INSTITUTION, person, "name", NAME).isProblem(403, "not_enrolled");
  }

  @Test
  void aRemovalNeedsAReason() {
    send(Role.INSTITUTION, person, "removal", "{}").isProblem(422, "invalid_field");
  }

  @Test
  void aMalformedPseudonymIsAnsweredAsUnknown() {
    send(Role.INSTITUTION, "990101199003150015", "removal", REASON).isProblem(404, "not_found");
  }
}
