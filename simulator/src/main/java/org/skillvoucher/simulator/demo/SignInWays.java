package org.skillvoucher.simulator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.device.Presented;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.gateway.HttpAnswer;
import org.skillvoucher.simulator.gateway.HttpCall;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.wire.Json;

/** The ways to sign in (签到方式) other than a card on the reader, and the teacher's own sign-in. */
final class SignInWays {
  private final DemoEnvironment environment;
  private final DoorDevices door;
  private final String classId;

  SignInWays(DemoEnvironment environment, DoorDevices door, String classId) {
    this.environment = environment;
    this.door = door;
    this.classId = classId;
  }

  private DoorDevices.Tap tap(Trainee who, Lesson lesson, Instant at) {
    return new DoorDevices.Tap(who, classId, lesson.id(), Act.IN, at);
  }

  /** Without it the lesson is flagged as one without its teacher. */
  void theTeacherSignsIn(Lesson lesson, Instant now) {
    Trainee teacher = environment.sample().teacher();
    environment.stubs().register(teacher, teacher.cardIdentificationCode(), "active");
    HttpAnswer signedIn = door.mustCount(tap(teacher, lesson, now));
    environment.expect().quietly("the teacher signs in", "ok", signedIn.code());
  }

  /** F1: the code on the person's phone lives for a minute and counts once. */
  void byPersonalCode(Trainee who, Trainee other, Lesson lesson, Instant now) {
    String code = environment.stubs().codeOf(who, 0);
    HttpAnswer first =
        door.mustCount(door.scan(tap(who, lesson, now), Presented.personalCode(code, door.salt())));
    environment.expect().equal("by the code on one's phone (个人动态码)", "ok", first.code());
    door.mustRefuse(
        "the same code for another person",
        door.scan(tap(other, lesson, now), Presented.personalCode(code, door.salt())),
        409,
        "qr_already_used");
    door.mustRefuse(
        "a code that is older than a minute",
        door.scan(
            tap(other, lesson, now),
            Presented.personalCode(environment.stubs().codeOf(other, 90), door.salt())),
        410,
        "qr_expired");
  }

  /**
   * F2: the room shows a code, the person's phone scans it, the card platform identifies the
   * person.
   */
  void byRoomCode(Trainee who, Trainee other, Lesson lesson) {
    HttpAnswer signedIn = door.counted(signIn(who, lesson, "phone-1"));
    environment
        .expect()
        .equal("by the room's code (课堂码)", "ok", signedIn.code(), signedIn.verdict());
    door.mustBeRefused(
        "another person by the same phone (代签)",
        door.counted(signIn(other, lesson, "phone-1")),
        409,
        "phone_already_used");
  }

  private HttpAnswer signIn(Trainee who, Lesson lesson, String phone) {
    GatewayClient gateway = environment.gateway();
    HttpCall codes =
        HttpCall.get(
                gateway.ready().api()
                    + "/v1/classes/"
                    + classId
                    + "/lessons/"
                    + lesson.id()
                    + "/room-codes?device="
                    + door.device().device().name())
            .with("Authorization", "Bearer " + door.device().token());
    JsonNode shown = GatewayClient.must("the room's codes", gateway.http().send(codes));
    return gateway.post(
        Role.CARD_PLATFORM,
        "/v1/classes/" + classId + "/sign-ins",
        Json.object()
            .put("code", shown.path("codes").path(0).path("code").asText())
            .put("act", "in")
            .put("phone", phone)
            .set("person", who.person()));
  }

  /** A person without phone or card, witnessed by the teacher's card. */
  void assisted(Trainee who, Lesson lesson, Instant now) {
    door.mustRefuse(
        "a number typed by hand",
        door.scan(tap(who, lesson, now), Presented.typedNumber(who.number(), door.salt())),
        403,
        "card_not_authenticated");
    HttpAnswer first =
        door.mustCount(
            door.scan(
                tap(who, lesson, now),
                Presented.assisted(
                    who.number(), environment.sample().teacher().card(), "卡片损坏", door.salt())));
    environment.expect().equal("with the teacher as witness (协助签到)", "ok", first.code());
  }
}
