package org.skillvoucher.gateway.api;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.skillvoucher.domain.voucher.VoucherRefusal;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.http.Endpoint;
import org.skillvoucher.gateway.http.FaultTexts;
import org.skillvoucher.gateway.http.Language;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.ProblemException;
import org.skillvoucher.gateway.http.Reply;
import org.skillvoucher.gateway.http.Times;
import org.skillvoucher.gateway.security.Role;
import org.skillvoucher.gateway.voucher.VoucherIssuing;
import org.skillvoucher.gateway.voucher.VoucherIssuing.Outcome;

/** Issuing vouchers to a list of people (定向发放, R40). */
final class VoucherIssueRoutes {
  private final VoucherIssuing issuing;
  private final RulePackSelection rules;
  private final DerivedIds ids;
  private final InstantSource clock;

  VoucherIssueRoutes(
      VoucherIssuing issuing, RulePackSelection rules, DerivedIds ids, InstantSource clock) {
    this.issuing = issuing;
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
    Requests.VoucherIssue request = Requests.voucherIssue(call.json());
    if (!call.sees(request.region())) {
      throw new ProblemException(Problem.forbidden());
    }
    var grant =
        new VoucherIssuing.Grant(
            request.region(),
            request.occupation(),
            request.level(),
            request.expiresAt(),
            request.places(),
            rules.forVouchers(request.region(), today),
            now,
            call.actor());
    return () ->
        issuing
            .issue(request.people(), today, grant, ids::voucher)
            .thenApply(outcomes -> Reply.json(200, items(outcomes, call.language())));
  }

  private static Replies.VoucherItems items(List<Outcome> outcomes, Language language) {
    return Replies.VoucherItems.of(
        IntStream.range(0, outcomes.size())
            .mapToObj(index -> item(index, outcomes.get(index), language))
            .toList());
  }

  private static Replies.VoucherItem item(int index, Outcome outcome, Language language) {
    return switch (outcome) {
      case Outcome.Issued(var id) -> Replies.VoucherItem.of(index, "issued", id);
      case Outcome.AlreadyIssued(var id) -> Replies.VoucherItem.of(index, "already_issued", id);
      case Outcome.InvalidPerson(var code, var reason) ->
          refused(index, code, FaultTexts.of(code, reason).in(language));
      case Outcome.DuplicatePerson(var first) ->
          refused(
              index,
              "row_doubled",
              FaultTexts.duplicateNumber("at index " + first, "第 " + first + " 项（从 0 计）")
                  .in(language));
      case Outcome.Refused(var reason) -> refused(index, reason, language);
    };
  }

  private static Replies.VoucherItem refused(int index, VoucherRefusal reason, Language language) {
    Problem problem = Refusals.of(reason);
    String detail =
        problem.errors().isEmpty()
            ? problem.detail().in(language)
            : problem.errors().getFirst().detail().in(language);
    return refused(index, problem.code().word(), detail);
  }

  private static Replies.VoucherItem refused(int index, String code, String detail) {
    return new Replies.VoucherItem(
        index, "refused", Optional.empty(), Optional.of(code), Optional.of(detail));
  }
}
