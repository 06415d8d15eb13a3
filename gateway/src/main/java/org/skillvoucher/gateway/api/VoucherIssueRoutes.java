package org.skillvoucher.gateway.api;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.skillvoucher.domain.identity.Parsed;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.policy.VoucherRules;
import org.skillvoucher.domain.voucher.VoucherCommand;
import org.skillvoucher.domain.voucher.VoucherTerms;
import org.skillvoucher.gateway.entity.Vouchers;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.http.Endpoint;
import org.skillvoucher.gateway.http.FaultTexts;
import org.skillvoucher.gateway.http.Language;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.ProblemException;
import org.skillvoucher.gateway.http.Reply;
import org.skillvoucher.gateway.http.Text;
import org.skillvoucher.gateway.http.Times;
import org.skillvoucher.gateway.person.People;
import org.skillvoucher.gateway.person.PersonInput;
import org.skillvoucher.gateway.security.Role;

/** Issuing vouchers to a list of people (定向发放, R40): each has an outcome of their own. */
final class VoucherIssueRoutes {
  /** How many vouchers of one list are in hand at a time. */
  private static final int PARALLEL = 16;

  private final ClassicActorSystemProvider system;
  private final Vouchers vouchers;
  private final People people;
  private final RulePackSelection rules;
  private final DerivedIds ids;
  private final InstantSource clock;

  VoucherIssueRoutes(
      ClassicActorSystemProvider system,
      Vouchers vouchers,
      People people,
      RulePackSelection rules,
      DerivedIds ids,
      InstantSource clock) {
    this.system = system;
    this.vouchers = vouchers;
    this.people = people;
    this.rules = rules;
    this.ids = ids;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post(
            "/v1/vouchers", Set.of(Role.ISSUING_AUTHORITY), Endpoint.Body.JSON, this::issue));
  }

  private Endpoint.Work issue(Call call) {
    Instant now = clock.instant();
    LocalDate today = Times.businessDate(now);
    Requests.VoucherIssue issue = Requests.voucherIssue(call.json());
    if (!call.sees(issue.region())) {
      throw new ProblemException(Problem.forbidden());
    }
    VoucherRules pack = rules.forVouchers(issue.region(), today);
    List<PersonCheck> verdicts = verdicts(issue.people(), today);
    return () ->
        keep(verdicts)
            .thenCompose(kept -> outcomes(call, verdicts, new Issuing(issue, pack, now)))
            .thenApply(items -> Reply.json(200, Replies.VoucherItems.of(items)));
  }

  /** What is the same for everybody on the list. */
  private record Issuing(Requests.VoucherIssue request, VoucherRules rules, Instant now) {
    VoucherCommand commandFor(PersonPseudonym holder) {
      return new VoucherCommand.Issue(
          new VoucherTerms(
              holder, request.region(), request.occupation(), request.level(), request.expiresAt()),
          rules,
          now);
    }
  }

  /** Whether one person of the list can be given a voucher at all. */
  private record PersonCheck(int index, Parsed<People.Identity> person) {}

  private List<PersonCheck> verdicts(List<PersonInput.Written> written, LocalDate today) {
    Map<PersonPseudonym, Integer> first = new HashMap<>();
    List<PersonCheck> verdicts = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      Parsed<People.Identity> person = PersonInput.check(written.get(i), today);
      if (person instanceof Parsed.Valid<People.Identity>(var identity)) {
        Integer before = first.putIfAbsent(people.pseudonym(identity.type(), identity.number()), i);
        if (before != null) {
          person = Parsed.invalid("row_doubled", Integer.toString(before));
        }
      }
      verdicts.add(new PersonCheck(i, person));
    }
    return verdicts;
  }

  private CompletionStage<List<PersonPseudonym>> keep(List<PersonCheck> verdicts) {
    List<People.Identity> valid =
        verdicts.stream().flatMap(verdict -> verdict.person().toOptional().stream()).toList();
    return valid.isEmpty() ? CompletableFuture.completedStage(List.of()) : people.store(valid);
  }

  private CompletionStage<List<Replies.VoucherItem>> outcomes(
      Call call, List<PersonCheck> verdicts, Issuing issuing) {
    return Source.from(verdicts)
        .mapAsync(PARALLEL, verdict -> outcome(call, verdict, issuing))
        .runWith(Sink.seq(), system);
  }

  private CompletionStage<Replies.VoucherItem> outcome(
      Call call, PersonCheck verdict, Issuing issuing) {
    return switch (verdict.person()) {
      case Parsed.Invalid<People.Identity>(var code, var reason) ->
          CompletableFuture.completedStage(
              refused(verdict.index(), code, textOf(code, reason).in(call.language())));
      case Parsed.Valid<People.Identity>(var identity) -> {
        PersonPseudonym holder = people.pseudonym(identity.type(), identity.number());
        VoucherId id = ids.voucher(call, holder);
        yield vouchers
            .send(id, issuing.commandFor(holder))
            .thenApply(answer -> item(verdict.index(), id, answer, call.language()));
      }
    };
  }

  private static Text textOf(String code, String reason) {
    return code.equals("row_doubled")
        ? FaultTexts.doubled("at index " + reason, "第 " + reason + " 项（从 0 计）")
        : FaultTexts.of(code, reason);
  }

  private static Replies.VoucherItem item(
      int index, VoucherId id, Vouchers.Answer answer, Language language) {
    return switch (answer) {
      case Vouchers.Answer.Done(var state, var changed) ->
          new Replies.VoucherItem(
              index,
              changed ? "issued" : "already_issued",
              Optional.of(id.value()),
              Optional.empty(),
              Optional.empty());
      case Vouchers.Answer.Refused(var reason) -> {
        Problem problem = Refusals.of(reason);
        String detail =
            problem.errors().isEmpty()
                ? problem.detail().in(language)
                : problem.errors().getFirst().detail().in(language);
        yield refused(index, problem.code().word(), detail);
      }
    };
  }

  private static Replies.VoucherItem refused(int index, String code, String detail) {
    return new Replies.VoucherItem(
        index, "refused", Optional.empty(), Optional.of(code), Optional.of(detail));
  }
}
