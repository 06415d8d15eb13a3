package org.skillvoucher.gateway.api;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.Circumstances.RoomCodeUse;
import org.skillvoucher.domain.scan.ReceivedStatement;
import org.skillvoucher.gateway.device.RoomCodes;
import org.skillvoucher.gateway.device.TimeBeacons;
import org.skillvoucher.gateway.entity.DeviceStanding;
import org.skillvoucher.gateway.entity.Institutions;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.http.Endpoint;
import org.skillvoucher.gateway.http.FaultTexts;
import org.skillvoucher.gateway.http.Fields;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.ProblemException;
import org.skillvoucher.gateway.http.Reply;
import org.skillvoucher.gateway.http.Text;
import org.skillvoucher.gateway.http.Times;
import org.skillvoucher.gateway.person.People;
import org.skillvoucher.gateway.scan.Attempt;
import org.skillvoucher.gateway.scan.DeviceFault;
import org.skillvoucher.gateway.scan.ScanService;
import org.skillvoucher.gateway.security.Role;

/**
 * What a device in a room asks for, beacons and codes to show, and sign-ins by such a code (F2).
 */
final class RoomRoutes {
  private static final int CODES_AT_ONCE = 12;
  private static final int CODE_CHARACTERS_MAX = 300;
  private static final int PHONE_CHARACTERS_MAX = 128;
  private static final String EPOCH = "[0-9]{1,15}";

  private final ScanService scans;
  private final Institutions institutions;
  private final VisibleClasses visible;
  private final People people;
  private final DerivedIds ids;
  private final Codes codes;

  /** The two things a room has that others can check. */
  record Codes(TimeBeacons beacons, RoomCodes roomCodes, InstantSource clock) {
    Instant now() {
      return clock.instant();
    }
  }

  RoomRoutes(
      ScanService scans,
      Institutions institutions,
      VisibleClasses visible,
      People people,
      DerivedIds ids,
      Codes codes) {
    this.scans = scans;
    this.institutions = institutions;
    this.visible = visible;
    this.people = people;
    this.ids = ids;
    this.codes = codes;
  }

  List<Endpoint> endpoints() {
    Set<Role> device = Set.of(Role.DEVICE);
    return List.of(
        Endpoint.get("/v1/beacons", device, this::beacon, "device", "epoch"),
        Endpoint.get(
            "/v1/classes/{classId}/lessons/{lessonId}/room-codes",
            device,
            this::roomCodes,
            "device"),
        Endpoint.post(
                "/v1/classes/{classId}/sign-ins",
                Set.of(Role.CARD_PLATFORM),
                Endpoint.Body.JSON,
                this::signIn)
            .leavingTheKeyToTheClass());
  }

  private record BeaconBody(String beacon, String issuedAt) {}

  private Endpoint.Work beacon(Call call) {
    CreditCode institution = ScanRoutes.institutionOf(call.caller());
    String device = deviceParameter(call);
    String epoch = call.query().getOrDefault("epoch", "");
    if (!epoch.matches(EPOCH)) {
      throw Call.badParameter("epoch", new Text("must be a boot epoch", "应为启动批次"));
    }
    return () ->
        trusted(institution, device)
            .thenApply(
                standing -> {
                  Instant now = codes.now();
                  return Reply.json(
                      200,
                      new BeaconBody(
                          codes.beacons().issue(device, Long.parseLong(epoch), now),
                          Times.text(now)));
                });
  }

  private record CodeBody(String code, String shownFrom, String shownUntil) {}

  private record CodesBody(long periodSeconds, List<CodeBody> codes) {}

  private Endpoint.Work roomCodes(Call call) {
    CreditCode institution = ScanRoutes.institutionOf(call.caller());
    ClassId classId = call.classId();
    LessonId lesson = call.lessonId();
    String device = deviceParameter(call);
    return () ->
        trusted(institution, device)
            .thenCompose(standing -> visible.find(call, classId))
            .thenApply(
                summary -> {
                  if (summary.lessons().stream().noneMatch(known -> known.id().equals(lesson))) {
                    throw new ProblemException(Problem.notFound());
                  }
                  return Reply.json(
                      200,
                      new CodesBody(
                          RoomCodes.PERIOD.toSeconds(),
                          codes
                              .roomCodes()
                              .codes(classId, lesson, device, codes.now(), CODES_AT_ONCE)
                              .stream()
                              .map(
                                  code ->
                                      new CodeBody(
                                          code.code(),
                                          Times.text(code.shownFrom()),
                                          Times.text(code.shownUntil())))
                              .toList()));
                });
  }

  private static String deviceParameter(Call call) {
    return ScanRequest.deviceName(call.query().getOrDefault("device", ""))
        .toOptional()
        .orElseThrow(
            () -> Call.badParameter("device", FaultTexts.of("device", "is no device's name")));
  }

  private CompletionStage<DeviceStanding.Trusted> trusted(CreditCode institution, String device) {
    return institutions
        .device(institution, device)
        .thenApply(
            standing ->
                switch (standing) {
                  case DeviceStanding.Trusted trusted -> trusted;
                  case DeviceStanding.NotTrusted no ->
                      throw new ProblemException(ScanProblems.of(DeviceFault.NOT_TRUSTED));
                  case DeviceStanding.Elsewhere no ->
                      throw new ProblemException(ScanProblems.of(DeviceFault.ELSEWHERE));
                });
  }

  private Endpoint.Work signIn(Call call) {
    ClassId classId = call.classId();
    Instant now = codes.now();
    Fields in = Fields.of(call.json(), "code", "act", "person", "phone");
    Optional<String> code = in.text("code", CODE_CHARACTERS_MAX);
    Optional<Act> act = in.oneOf("act", ScanRequest.ACTS);
    Optional<PersonPseudonym> person =
        in.object("person", "idType", "number")
            .flatMap(new PresentedReader(people, Times.businessDate(now))::person);
    Optional<String> phone = in.text("phone", PHONE_CHARACTERS_MAX);
    in.refuseIfFaulty();
    return switch (codes.roomCodes().read(code.orElseThrow(), classId, now)) {
      case RoomCodes.Reading.Expired expired ->
          throw new ProblemException(ScanProblems.codeExpired());
      case RoomCodes.Reading.Invalid invalid ->
          throw new ProblemException(ScanProblems.codeInvalid());
      case RoomCodes.Reading.Valid(var lesson, var device, var step) -> {
        ReceivedStatement received =
            new ReceivedStatement(
                lesson,
                act.orElseThrow(),
                ids.scanKey(call),
                ids.scanBody(call),
                DeviceStatement.unsigned(device, now));
        var presented =
            new Attempt.Presented.RoomCode(
                person.orElseThrow(), new RoomCodeUse(step, ids.phone(phone.orElseThrow())));
        yield () ->
            visible
                .find(call, classId)
                .thenCompose(
                    summary ->
                        scans.signIn(
                            new Attempt(
                                classId,
                                summary.filing().institution(),
                                received,
                                presented,
                                call.key())))
                .thenApply(outcome -> ScanRoutes.reply(classId, outcome, false));
      }
    };
  }
}
