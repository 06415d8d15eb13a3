package org.skillvoucher.gateway.api;

import static org.skillvoucher.gateway.security.Role.AUDITOR;
import static org.skillvoucher.gateway.security.Role.CARD_PLATFORM;
import static org.skillvoucher.gateway.security.Role.ISSUING_AUTHORITY;
import static org.skillvoucher.gateway.security.Role.OPERATOR;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.domain.voucher.VoucherCommand;
import org.skillvoucher.gateway.entity.Classes;
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
      Set.of("issued", "claimed", "bound", "frozen", "completed", "expired", "voided");

  private final Vouchers vouchers;
  private final Classes classes;
  private final Views views;
  private final People people;
  private final InstantSource clock;

  VoucherRoutes(
      Vouchers vouchers, Classes classes, Views views, People people, InstantSource clock) {
    this.vouchers = vouchers;
    this.classes = classes;
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

  private Endpoint.Work bind(Call call) {
    ClassId classId = Requests.binding(call.json());
    Endpoint.Work change = change(call, new VoucherCommand.Bind(classId, clock.instant()));
    return () ->
        classes
            .find(classId)
            .thenCompose(
                found -> {
                  takesVouchers(found.orElseThrow(() -> new ProblemException(noSuchClass())));
                  return change.run();
                });
  }

  /**
   * A class gets a binding once. Before its approval (R01) or after its closing it would not record
   * it, and the voucher would be used up for nothing.
   */
  private static void takesVouchers(Classes.Summary trainingClass) {
    switch (trainingClass.state()) {
      case "approved", "open" -> {}
      case "closed" ->
          throw new ProblemException(
              Refusals.of(new ClassRefusal.WrongState(trainingClass.state())));
      default -> throw new ProblemException(Refusals.of(new ClassRefusal.NotApproved()));
    }
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
    return vouchers
        .find(id)
        .thenApply(
            state ->
                Replies.termsOf(state)
                    .filter(terms -> call.sees(terms.region()))
                    .map(terms -> Replies.Voucher.of(id, state, terms))
                    .orElseThrow(() -> new ProblemException(Problem.notFound())));
  }
}
