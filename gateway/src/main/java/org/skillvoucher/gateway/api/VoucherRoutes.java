package org.skillvoucher.gateway.api;

import static org.skillvoucher.gateway.security.Role.AUDITOR;
import static org.skillvoucher.gateway.security.Role.CARD_PLATFORM;
import static org.skillvoucher.gateway.security.Role.ISSUING_AUTHORITY;
import static org.skillvoucher.gateway.security.Role.OPERATOR;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.OccupationCode;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.trainingclass.Filing;
import org.skillvoucher.domain.voucher.BindingClass;
import org.skillvoucher.domain.voucher.VoucherCommand;
import org.skillvoucher.domain.voucher.VoucherRefusal;
import org.skillvoucher.domain.voucher.VoucherState;
import org.skillvoucher.domain.voucher.VoucherTerms;
import org.skillvoucher.gateway.entity.Classes;
import org.skillvoucher.gateway.entity.Institutions;
import org.skillvoucher.gateway.entity.Vouchers;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.http.Endpoint;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.ProblemException;
import org.skillvoucher.gateway.http.Reply;
import org.skillvoucher.gateway.http.Text;
import org.skillvoucher.gateway.http.Times;
import org.skillvoucher.gateway.person.People;
import org.skillvoucher.gateway.person.PersonInput;
import org.skillvoucher.gateway.projection.Views;
import org.skillvoucher.gateway.security.Role;

/** Single vouchers (职业培训券); {@link VoucherIssueRoutes} issues them. */
final class VoucherRoutes {
  private static final Set<Role> READERS =
      Set.of(ISSUING_AUTHORITY, CARD_PLATFORM, AUDITOR, OPERATOR);
  private static final Set<String> STATES =
      Set.of("issued", "claimed", "bound", "frozen", "completed", "lapsed", "expired", "voided");

  private final Vouchers vouchers;
  private final Classes classes;
  private final Institutions institutions;
  private final Views views;
  private final People people;
  private final InstantSource clock;

  /** The entities whose facts a binding needs. */
  record Entities(Vouchers vouchers, Classes classes, Institutions institutions) {}

  VoucherRoutes(Entities entities, Views views, People people, InstantSource clock) {
    this.vouchers = entities.vouchers();
    this.classes = entities.classes();
    this.institutions = entities.institutions();
    this.views = views;
    this.people = people;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    Set<Role> platform = Set.of(CARD_PLATFORM);
    Set<Role> authority = Set.of(ISSUING_AUTHORITY);
    Set<Role> both = Set.of(ISSUING_AUTHORITY, CARD_PLATFORM);
    String one = "/v1/vouchers/{voucherId}";
    return List.of(
        Endpoint.get("/v1/vouchers", READERS, this::list, "state", "limit", "cursor"),
        Endpoint.get(one, READERS, this::show),
        Endpoint.post(one + "/claim", platform, Endpoint.Body.JSON, this::claim),
        Endpoint.post(one + "/binding", platform, Endpoint.Body.JSON, this::bind),
        Endpoint.post(one + "/freeze", both, Endpoint.Body.JSON, this::freeze),
        Endpoint.post(one + "/unfreeze", both, Endpoint.Body.NOTHING, this::unfreeze),
        Endpoint.post(one + "/cancellation", authority, Endpoint.Body.JSON, this::cancel),
        Endpoint.post(one + "/expiry", authority, Endpoint.Body.NOTHING, this::expire));
  }

  private Endpoint.Work list(Call call) {
    Optional<String> state = call.word("state", STATES);
    Views.Paging paging = call.paging();
    return () ->
        views
            .vouchers(call.caller().scope(), state, paging)
            .thenApply(
                page ->
                    Reply.json(
                        200,
                        new Replies.Items<>(
                            page.items().stream().map(Replies.Voucher::of).toList(),
                            page.nextCursor())));
  }

  private Endpoint.Work show(Call call) {
    VoucherId id = call.voucherId();
    return () -> visible(call, id).thenApply(voucher -> Reply.json(200, voucher));
  }

  private Endpoint.Work claim(Call call) {
    PersonInput.IdNumber number = Requests.claim(call.json(), Times.businessDate(clock.instant()));
    return change(
        call,
        new VoucherCommand.Claim(people.pseudonym(number.type(), number.value()), clock.instant()));
  }

  /**
   * The voucher first: who may not see it learns nothing of classes. Then the class, and a class
   * out of the caller's scope is answered like one that does not exist. The voucher itself decides,
   * by the class's facts.
   */
  private Endpoint.Work bind(Call call) {
    ClassId classId = Requests.binding(call.json());
    VoucherId id = call.voucherId();
    return () ->
        visibleState(call, id)
            .thenCompose(
                seen ->
                    classes
                        .find(classId)
                        .thenApply(
                            found ->
                                found
                                    .filter(to -> isVisible(call, to))
                                    .orElseThrow(() -> new ProblemException(noSuchClass())))
                        .thenCompose(to -> bind(call, id, seen, to)));
  }

  private static boolean isVisible(Call call, Classes.Summary trainingClass) {
    return call.sees(trainingClass.filing().institution(), trainingClass.filing().region());
  }

  private CompletionStage<Reply> bind(
      Call call, VoucherId id, VoucherState seen, Classes.Summary to) {
    Instant now = clock.instant();
    return facts(to, now)
        .thenCompose(
            facts ->
                overlap(call, seen, facts, to)
                    .thenCompose(
                        none ->
                            vouchers.send(id, new VoucherCommand.Bind(facts, now), call.actor()))
                    .thenCompose(
                        answer ->
                            answer instanceof Vouchers.Answer.Refused(var reason) && isUnfit(reason)
                                ? refusedAsUnfit(call, seen, facts, reason)
                                : CompletableFuture.completedStage(reply(id, answer))));
  }

  private CompletionStage<BindingClass> facts(Classes.Summary to, Instant now) {
    Filing filing = to.filing();
    return institutions
        .find(filing.institution())
        .thenApply(
            known ->
                new BindingClass(
                    to.classId(),
                    to.state(),
                    filing.occupation(),
                    filing.level(),
                    filing.region(),
                    filing.institution(),
                    known
                        .filter(
                            state ->
                                state.stop().filter(stop -> !now.isBefore(stop.from())).isEmpty())
                        .isPresent()));
  }

  /**
   * Refuses a binding at whose hours another voucher of the person is bound to another class. By
   * the read models, which lag by a moment: what they miss is flagged when the person scans in
   * both.
   */
  private CompletionStage<Map<PersonPseudonym, Views.Overlap>> overlap(
      Call call, VoucherState seen, BindingClass facts, Classes.Summary to) {
    if (!(seen instanceof VoucherState.Claimed(var terms)) || !terms.fits(facts)) {
      return CompletableFuture.completedStage(Map.of());
    }
    return views
        .overlaps(
            call.caller().scope(),
            Views.OtherClasses.BOUND,
            to.classId(),
            to.lessons(),
            List.of(terms.holder()))
        .thenApply(
            overlaps -> {
              overlaps.values().stream()
                  .findFirst()
                  .ifPresent(
                      overlap -> {
                        throw new ProblemException(VoucherProblems.of(overlap));
                      });
              return overlaps;
            });
  }

  private static boolean isUnfit(VoucherRefusal reason) {
    return reason instanceof VoucherRefusal.OutOfScope
        || reason instanceof VoucherRefusal.OutOfRegion
        || reason instanceof VoucherRefusal.NotAtInstitution;
  }

  /** With the person's vouchers that do fit, as far as the caller may see them. */
  private CompletionStage<Reply> refusedAsUnfit(
      Call call, VoucherState seen, BindingClass to, VoucherRefusal reason) {
    PersonPseudonym holder = Replies.termsOf(seen).orElseThrow().holder();
    return views
        .vouchersToBind(call.caller().scope(), holder)
        .thenApply(
            rows -> {
              List<String> fitting =
                  rows.stream()
                      .filter(row -> clock.instant().isBefore(row.expiresAt()))
                      .filter(row -> terms(holder, row).fits(to))
                      .map(Views.VoucherRow::voucherId)
                      .toList();
              throw new ProblemException(Refusals.of(reason).with("fitting", fitting));
            });
  }

  private static VoucherTerms terms(PersonPseudonym holder, Views.VoucherRow row) {
    return new VoucherTerms(
        holder,
        new RegionCode(row.region()),
        new OccupationCode(row.occupation()),
        row.level(),
        row.expiresAt(),
        row.places());
  }

  /** A voucher bound to an unknown class could neither be used nor bound again. */
  private static Problem noSuchClass() {
    return Problem.invalid(
        Problem.Fault.at("/classId", new Text("there is no such class", "没有该班级")));
  }

  private Endpoint.Work freeze(Call call) {
    return change(call, new VoucherCommand.Freeze(Requests.reason(call.json()), clock.instant()));
  }

  private Endpoint.Work unfreeze(Call call) {
    call.nothing();
    return change(call, new VoucherCommand.Unfreeze(clock.instant()));
  }

  private Endpoint.Work cancel(Call call) {
    return change(call, new VoucherCommand.Cancel(Requests.reason(call.json()), clock.instant()));
  }

  private Endpoint.Work expire(Call call) {
    call.nothing();
    return change(call, new VoucherCommand.Expire(clock.instant()));
  }

  private Endpoint.Work change(Call call, VoucherCommand command) {
    VoucherId id = call.voucherId();
    return () ->
        visible(call, id)
            .thenCompose(seen -> vouchers.send(id, command, call.actor()))
            .thenApply(answer -> reply(id, answer));
  }

  private static Reply reply(VoucherId id, Vouchers.Answer answer) {
    return switch (answer) {
      case Vouchers.Answer.Refused(var reason) -> throw new ProblemException(Refusals.of(reason));
      case Vouchers.Answer.Done(var state, var changed) ->
          Replies.termsOf(state)
              .map(terms -> Reply.json(200, Replies.Voucher.of(id, state, terms)))
              .orElseThrow(() -> new ProblemException(Problem.notFound()));
    };
  }

  private CompletionStage<Replies.Voucher> visible(Call call, VoucherId id) {
    return visibleState(call, id)
        .thenApply(state -> Replies.Voucher.of(id, state, Replies.termsOf(state).orElseThrow()));
  }

  private CompletionStage<VoucherState> visibleState(Call call, VoucherId id) {
    return vouchers
        .find(id)
        .thenApply(
            state -> {
              if (Replies.termsOf(state).filter(terms -> call.sees(terms.region())).isEmpty()) {
                throw new ProblemException(Problem.notFound());
              }
              return state;
            });
  }
}
