package org.skillvoucher.gateway.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.gateway.device.Beacons;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.http.Endpoint;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.Reasons;
import org.skillvoucher.gateway.http.Refused;
import org.skillvoucher.gateway.http.Reply;
import org.skillvoucher.gateway.http.Times;
import org.skillvoucher.gateway.person.People;
import org.skillvoucher.gateway.scan.Attempt;
import org.skillvoucher.gateway.scan.Scans;
import org.skillvoucher.gateway.security.Caller;
import org.skillvoucher.gateway.security.Role;

/** Scans (签到、签退、抽查): the line this gateway is there for. */
final class ScanRoutes {
  private final Scans scans;
  private final People people;
  private final DerivedIds ids;
  private final Beacons beacons;
  private final InstantSource clock;

  ScanRoutes(Scans scans, People people, DerivedIds ids, Beacons beacons, InstantSource clock) {
    this.scans = scans;
    this.people = people;
    this.ids = ids;
    this.beacons = beacons;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post(
                "/v1/classes/{classId}/scans", Set.of(Role.DEVICE), Endpoint.Body.JSON, this::scan)
            .leavingTheKeyToTheClass());
  }

  private Endpoint.Work scan(Call call) {
    ClassId classId = call.classId();
    ObjectNode body = call.json();
    CreditCode institution = institutionOf(call.caller());
    ScanRequest request =
        ScanRequest.read(body, new PresentedReader(people, Times.businessDate(clock.instant())));
    if (!request.classId().equals(classId)) {
      throw new Refused(
          Problem.invalid(
              Problem.Fault.at(
                  "/statement/cls",
                  Reasons.of("cls", "must be the class of the address, a slash and a lesson"))));
    }
    Attempt attempt = request.attempt(institution, ids.scanKey(call), ids);
    return () -> scans.record(attempt).thenApply(answer -> reply(attempt, answer));
  }

  /** A device belongs to an institution; a token that says otherwise may not scan. */
  static CreditCode institutionOf(Caller caller) {
    return switch (caller.scope()) {
      case Caller.Scope.OfInstitution(var institution) -> institution;
      case Caller.Scope.Everywhere everywhere -> throw new Refused(Problem.forbidden());
      case Caller.Scope.InRegion region -> throw new Refused(Problem.forbidden());
    };
  }

  private Reply reply(Attempt attempt, Scans.Answer answer) {
    if (answer instanceof Scans.Answer.Refused(ClassRefusal reason)
        && reason instanceof ClassRefusal.ClockSkew) {
      var statement = attempt.heard().statement();
      throw new Refused(
          Refusals.of(reason)
              .with(
                  "beacon", beacons.issue(statement.device(), statement.epoch(), clock.instant())));
    }
    return reply(attempt.classId(), answer);
  }

  /** What every way of scanning is answered with. */
  static Reply reply(ClassId classId, Scans.Answer answer) {
    return switch (answer) {
      case Scans.Answer.Refused(var reason) -> throw new Refused(Refusals.of(reason));
      case Scans.Answer.CardRefused(var outcome) -> throw new Refused(Refusals.of(outcome));
      case Scans.Answer.CodeRefused(var outcome) -> throw new Refused(InField.of(outcome));
      case Scans.Answer.DeviceRefused(var fault) -> throw new Refused(InField.of(fault));
      case Scans.Answer.Kept(var receipt, var replayed) -> {
        Reply kept =
            ReceiptReply.json(replayed ? 200 : 201, receipt.record())
                .with(Reply.LOCATION, location(classId, receipt));
        yield replayed ? kept.with("Idempotent-Replay", "true") : kept;
      }
      case Scans.Answer.Repeated repeated -> throw new IllegalStateException("only of a batch");
      case Scans.Answer.Captured captured -> throw new IllegalStateException("only of a batch");
      case Scans.Answer.Unknown unknown -> throw new IllegalStateException("only of a batch");
    };
  }

  static String location(ClassId classId, SealedReceipt receipt) {
    return "/v1/classes/" + classId + "/receipts/" + receipt.sequence();
  }
}
