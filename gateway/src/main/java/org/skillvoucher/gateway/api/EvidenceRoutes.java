package org.skillvoucher.gateway.api;

import static org.skillvoucher.gateway.security.Role.AUDITOR;
import static org.skillvoucher.gateway.security.Role.ISSUING_AUTHORITY;
import static org.skillvoucher.gateway.security.Role.OPERATOR;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.Parsed;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.gateway.audit.JournalAudit;
import org.skillvoucher.gateway.forward.ParkedMessages;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.http.Endpoint;
import org.skillvoucher.gateway.http.Fields;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.ProblemException;
import org.skillvoucher.gateway.http.Reply;
import org.skillvoucher.gateway.projection.Views;
import org.skillvoucher.gateway.security.Caller;
import org.skillvoucher.gateway.security.Role;

/** Evidence (补贴凭证) on its way downstream, and the audit of the journal. */
final class EvidenceRoutes {
  private static final Set<Role> READERS = Set.of(ISSUING_AUTHORITY, AUDITOR, OPERATOR);
  private static final Set<String> STATES = Set.of("pending", "accepted", "delivered", "parked");

  private final Views views;
  private final ParkedMessages parked;
  private final JournalAudit audit;

  EvidenceRoutes(Views views, ParkedMessages parked, JournalAudit audit) {
    this.views = views;
    this.parked = parked;
    this.audit = audit;
  }

  List<Endpoint> endpoints() {
    String one = "/v1/evidence/{evidenceId}";
    return List.of(
        Endpoint.get("/v1/evidence", READERS, this::list, "classId", "state", "limit", "cursor"),
        Endpoint.get(one, READERS, this::show),
        Endpoint.post(
            "/v1/evidence/retries", Set.of(OPERATOR), Endpoint.Body.JSON, this::releaseAll),
        Endpoint.post(one + "/retry", Set.of(OPERATOR), Endpoint.Body.NOTHING, this::retry),
        Endpoint.get("/v1/audit", Set.of(OPERATOR, AUDITOR), this::audit));
  }

  private Endpoint.Work list(Call call) {
    Optional<ClassId> classId = call.classIdParameter();
    Optional<String> state = call.word("state", STATES);
    Views.Paging paging = call.paging();
    return () ->
        views
            .evidences(call.caller().scope(), classId, state, paging)
            .thenApply(
                page ->
                    Reply.json(
                        200,
                        new Replies.Items<>(
                            page.items().stream().map(Replies.Evidence::inList).toList(),
                            page.nextCursor())));
  }

  private Endpoint.Work show(Call call) {
    return () -> visible(call).thenApply(row -> Reply.json(200, Replies.Evidence.whole(row)));
  }

  private Endpoint.Work retry(Call call) {
    call.nothing();
    return () ->
        visible(call)
            .thenCompose(row -> parked.release(row.evidenceId()))
            .thenApply(
                unparked ->
                    Reply.json(202, new Replies.Retried(call.variable("evidenceId"), unparked)));
  }

  /** All that was parked for one cause, in the caller's scope. */
  private Endpoint.Work releaseAll(Call call) {
    Fields in = Fields.of(call.json(), "cause");
    Optional<String> cause = in.value("cause", EvidenceRoutes::cause);
    in.refuseIfFaulty();
    String digits =
        switch (call.caller().scope()) {
          case Caller.Scope.Everywhere everywhere -> "";
          case Caller.Scope.InRegion(var region) -> region.value().replaceAll("(00){1,2}$", "");
          case Caller.Scope.OfInstitution one -> throw new ProblemException(Problem.forbidden());
        };
    return () ->
        parked
            .releaseAll(cause.orElseThrow(), digits)
            .thenApply(
                released -> Reply.json(200, new Replies.Released(cause.orElseThrow(), released)));
  }

  private static Parsed<String> cause(String text) {
    return text.matches("[a-z]+(_[a-z0-9]+)*")
        ? Parsed.valid(text)
        : Parsed.invalid("cause", "must be a cause of parked evidence, such as status_410");
  }

  private CompletionStage<Views.EvidenceRow> visible(Call call) {
    String id = call.variable("evidenceId");
    if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      throw new ProblemException(Problem.notFound());
    }
    return views
        .evidence(id)
        .thenApply(
            found ->
                found
                    .filter(row -> sees(call, row))
                    .orElseThrow(() -> new ProblemException(Problem.notFound())));
  }

  private static boolean sees(Call call, Views.EvidenceRow row) {
    return call.sees(new CreditCode(row.institution()), new RegionCode(row.region()));
  }

  private Endpoint.Work audit(Call call) {
    return () ->
        audit
            .run(call.caller().scope())
            .thenApply(report -> Reply.json(200, Replies.Audit.of(report)));
  }
}
