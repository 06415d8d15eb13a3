package org.skillvoucher.gateway.http;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.trainingclass.Scan;
import org.skillvoucher.gateway.entity.Scans;
import org.skillvoucher.gateway.security.Caller;
import org.skillvoucher.gateway.security.People;
import org.skillvoucher.gateway.security.Role;

/** Scans (签到、签退): the line this gateway is there for. */
final class ScanRoutes {
  private final Scans scans;
  private final People people;
  private final DerivedIds ids;
  private final InstantSource clock;

  ScanRoutes(Scans scans, People people, DerivedIds ids, InstantSource clock) {
    this.scans = scans;
    this.people = people;
    this.ids = ids;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post(
                "/v1/classes/{classId}/scans", Set.of(Role.DEVICE), Endpoint.Body.JSON, this::scan)
            .leavingTheKeyToTheClass());
  }

  private Endpoint.Work scan(Call call) {
    CreditCode institution = institutionOf(call.caller());
    ClassId classId = call.classId();
    ScanRequest request =
        ScanRequest.read(call.json(), classId, Times.businessDate(clock.instant()));
    Scan scan =
        new Scan(
            people.pseudonym(request.number().type(), request.number().value()),
            request.lesson(),
            request.act(),
            ids.scanKey(call),
            ids.scanBody(call),
            request.statement());
    return () ->
        scans
            .record(classId, institution, scan, request.card(), call.key())
            .thenApply(answer -> reply(classId, answer));
  }

  /** A device belongs to an institution; a token that says otherwise may not scan. */
  private static CreditCode institutionOf(Caller caller) {
    return switch (caller.scope()) {
      case Caller.Scope.OfInstitution(var institution) -> institution;
      case Caller.Scope.Everywhere everywhere -> throw new Refused(Problem.forbidden());
      case Caller.Scope.InRegion region -> throw new Refused(Problem.forbidden());
    };
  }

  private static Reply reply(ClassId classId, Scans.Answer answer) {
    return switch (answer) {
      case Scans.Answer.Refused(var reason) -> throw new Refused(Problem.of(reason));
      case Scans.Answer.CardRefused(var outcome) -> throw new Refused(Problem.of(outcome));
      case Scans.Answer.Kept(var receipt, var replayed) -> {
        Reply kept =
            ReceiptReply.json(replayed ? 200 : 201, receipt.record())
                .with(Reply.LOCATION, location(classId, receipt));
        yield replayed ? kept.with("Idempotent-Replay", "true") : kept;
      }
    };
  }

  private static String location(ClassId classId, SealedReceipt receipt) {
    return "/v1/classes/" + classId + "/receipts/" + receipt.sequence();
  }
}
