package org.skillvoucher.gateway.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.gateway.device.TimeBeacons;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.http.Endpoint;
import org.skillvoucher.gateway.http.FaultTexts;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.ProblemException;
import org.skillvoucher.gateway.http.Reply;
import org.skillvoucher.gateway.http.Times;
import org.skillvoucher.gateway.person.People;
import org.skillvoucher.gateway.scan.Attempt;
import org.skillvoucher.gateway.scan.DeviceFault;
import org.skillvoucher.gateway.scan.ScanOutcome;
import org.skillvoucher.gateway.scan.ScanService;
import org.skillvoucher.gateway.security.Caller;
import org.skillvoucher.gateway.security.Role;

/** Scans (签到、签退、抽查): the line this gateway is there for. */
final class ScanRoutes {
  private final ScanService scans;
  private final People people;
  private final DerivedIds ids;
  private final TimeBeacons beacons;
  private final DeviceTokens tokens;
  private final InstantSource clock;

  /** What only a device gets: a beacon, and the answers to its own statements. */
  record Devices(TimeBeacons beacons, DeviceTokens tokens) {}

  ScanRoutes(
      ScanService scans, People people, DerivedIds ids, Devices devices, InstantSource clock) {
    this.scans = scans;
    this.people = people;
    this.ids = ids;
    this.beacons = devices.beacons();
    this.tokens = devices.tokens();
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
      throw new ProblemException(
          Problem.invalid(
              Problem.Fault.at(
                  "/statement/cls",
                  FaultTexts.of("cls", "must be the class of the address, a slash and a lesson"))));
    }
    Attempt attempt = request.attempt(institution, ids.scanKey(call), ids);
    return () ->
        tokens
            .isAnothers(call, institution, attempt.received().statement().device())
            .thenCompose(
                anothers -> {
                  if (anothers) {
                    throw new ProblemException(ScanProblems.of(DeviceFault.ELSEWHERE));
                  }
                  return scans.record(attempt);
                })
            .thenApply(outcome -> reply(attempt, outcome));
  }

  /** A device belongs to an institution; a token of another scope may not scan. */
  static CreditCode institutionOf(Caller caller) {
    return switch (caller.scope()) {
      case Caller.Scope.OfInstitution(var institution) -> institution;
      case Caller.Scope.Everywhere everywhere -> throw new ProblemException(Problem.forbidden());
      case Caller.Scope.InRegion region -> throw new ProblemException(Problem.forbidden());
    };
  }

  private Reply reply(Attempt attempt, ScanOutcome.Online outcome) {
    if (outcome instanceof ScanOutcome.Refused(ClassRefusal reason)
        && reason instanceof ClassRefusal.ClockSkew) {
      var statement = attempt.received().statement();
      throw new ProblemException(
          Refusals.of(reason)
              .with(
                  "beacon", beacons.issue(statement.device(), statement.epoch(), clock.instant())));
    }
    return reply(attempt.classId(), outcome, true);
  }

  /**
   * The answer to every way of scanning.
   *
   * @param signed whether a device signed, whose counter the answer then mentions
   */
  static Reply reply(ClassId classId, ScanOutcome.Online outcome, boolean signed) {
    return switch (outcome) {
      case ScanOutcome.Refused(var reason) -> throw new ProblemException(Refusals.of(reason));
      case ScanOutcome.CardRefused(var card) -> throw new ProblemException(Refusals.of(card));
      case ScanOutcome.CodeRefused(var code) -> throw new ProblemException(ScanProblems.of(code));
      case ScanOutcome.DeviceRefused(var fault) ->
          throw new ProblemException(ScanProblems.of(fault));
      case ScanOutcome.Recorded(var receipt, var replayed) ->
          recorded(classId, receipt, replayed, signed ? Optional.of(true) : Optional.empty());
      case ScanOutcome.Duplicate(var receipt, var counterUsed) ->
          recorded(classId, receipt, true, signed ? Optional.of(counterUsed) : Optional.empty());
    };
  }

  private static Reply recorded(
      ClassId classId, SealedReceipt receipt, boolean replayed, Optional<Boolean> counterUsed) {
    Reply reply =
        ReceiptReply.json(replayed ? 200 : 201, receipt.record(), counterUsed)
            .with(Reply.LOCATION, location(classId, receipt));
    return replayed ? reply.with("Idempotent-Replay", "true") : reply;
  }

  static String location(ClassId classId, SealedReceipt receipt) {
    return "/v1/classes/" + classId + "/receipts/" + receipt.sequence();
  }
}
