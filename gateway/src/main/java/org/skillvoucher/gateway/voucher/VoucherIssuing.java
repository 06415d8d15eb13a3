package org.skillvoucher.gateway.voucher;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.OccupationCode;
import org.skillvoucher.domain.identity.Parsed;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.policy.VoucherRules;
import org.skillvoucher.domain.voucher.VoucherCommand;
import org.skillvoucher.domain.voucher.VoucherPlaces;
import org.skillvoucher.domain.voucher.VoucherRefusal;
import org.skillvoucher.domain.voucher.VoucherTerms;
import org.skillvoucher.gateway.entity.Vouchers;
import org.skillvoucher.gateway.person.NameSource;
import org.skillvoucher.gateway.person.People;
import org.skillvoucher.gateway.person.PersonInput;
import org.skillvoucher.gateway.projection.Views;

/**
 * Issues vouchers to a list of people (定向发放, R40). Each person has an outcome of their own: one
 * that is refused does not stop the others.
 */
public final class VoucherIssuing {
  /**
   * Vouchers of one list asked at a time. A constant and no setting: it only has to be large enough
   * for the writes of one list to share group commits, and small enough that no list fills the
   * journal writer's queue, whose length is the setting that sheds load.
   */
  private static final int PARALLEL_ASKS = 16;

  /** How often a person's voucher can end unclaimed and be issued anew within a year. */
  private static final int GENERATIONS_MAX = 50;

  private final ClassicActorSystemProvider system;
  private final Vouchers vouchers;
  private final Views views;
  private final People people;

  public VoucherIssuing(
      ClassicActorSystemProvider system, Vouchers vouchers, Views views, People people) {
    this.system = system;
    this.vouchers = vouchers;
    this.views = views;
    this.people = people;
  }

  /** The ids of a person's vouchers of one kind, which are all that such vouchers can have. */
  @FunctionalInterface
  public interface Ids {
    /**
     * The same id for every caller.
     *
     * @param generation counted from 0; how many before it ended unclaimed
     */
    VoucherId of(Views.VoucherKind kind, PersonPseudonym holder, int generation);
  }

  /**
   * What all vouchers of one list have in common.
   *
   * @param issuedAt business time
   */
  public record Grant(
      RegionCode region,
      OccupationCode occupation,
      int level,
      Instant expiresAt,
      Optional<VoucherPlaces> places,
      VoucherRules rules,
      Instant issuedAt,
      Actor issuedBy) {
    private VoucherCommand commandFor(PersonPseudonym holder) {
      return new VoucherCommand.Issue(
          new VoucherTerms(holder, region, occupation, level, expiresAt, places), rules, issuedAt);
    }
  }

  /** The outcome for one person. */
  public sealed interface Outcome {
    record Issued(VoucherId voucher) implements Outcome {}

    /** The person has one of the same authority, occupation, level and year. */
    record AlreadyIssued(VoucherId voucher) implements Outcome {}

    /** The name or the number is invalid, with {@link Parsed.Invalid}'s code and reason. */
    record InvalidPerson(String code, String reason) implements Outcome {}

    /**
     * The same number is earlier in the list.
     *
     * @param firstIndex counted from 0
     */
    record DuplicatePerson(int firstIndex) implements Outcome {}

    record Refused(VoucherRefusal reason) implements Outcome {}
  }

  /** A checked person: either still without an outcome, or refused by the checks. */
  private sealed interface Check {
    record Eligible(People.Identity person) implements Check {}

    record Rejected(Outcome outcome) implements Check {}
  }

  /**
   * Issues one voucher to each person who has none of the same region, occupation, level and year.
   * The people are in the vault before any voucher names them.
   *
   * <p>The id follows from these and the person, and the voucher's actor decides, so that of any
   * number of requests at once one issues. One that ended before it was claimed is followed by
   * another under the next id. The read models are asked first for vouchers of older versions,
   * whose ids followed from the request; no such voucher can be added any more.
   *
   * @param today the business day, by which a date of birth is checked, and whose year counts
   * @return an outcome for each person, in their order; the stage fails when an outcome is unknown
   */
  public CompletionStage<List<Outcome>> issue(
      List<PersonInput.Written> list, LocalDate today, Grant grant, Ids ids) {
    var kind =
        new Views.VoucherKind(grant.region(), grant.occupation(), grant.level(), today.getYear());
    List<Check> checks = check(list, today);
    List<People.Identity> eligible =
        checks.stream()
            .flatMap(
                check ->
                    check instanceof Check.Eligible(var person) ? Stream.of(person) : Stream.of())
            .toList();
    return people
        .store(eligible, NameSource.authority(grant.region()))
        .thenApply(stored -> stored.stream().map(People.Stored::person).toList())
        .thenCompose(
            holders ->
                views
                    .vouchersOf(kind, holders)
                    .thenCompose(
                        known ->
                            outcomes(
                                checks,
                                holders,
                                holder ->
                                    ask(
                                        candidates(
                                            known.getOrDefault(holder, List.of()),
                                            generation -> ids.of(kind, holder, generation)),
                                        grant.commandFor(holder),
                                        grant.issuedBy()))));
  }

  private static Iterator<VoucherId> candidates(List<VoucherId> known, IntFunction<VoucherId> ids) {
    return Stream.concat(known.stream(), IntStream.range(0, GENERATIONS_MAX).mapToObj(ids))
        .distinct()
        .iterator();
  }

  private static List<Check> check(List<PersonInput.Written> list, LocalDate today) {
    Map<PersonInput.IdNumber, Integer> firstIndex = new HashMap<>();
    List<Check> checks = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      checks.add(
          switch (PersonInput.check(list.get(i), today)) {
            case Parsed.Invalid<People.Identity>(var code, var reason) ->
                new Check.Rejected(new Outcome.InvalidPerson(code, reason));
            case Parsed.Valid<People.Identity>(var person) -> {
              Integer first = firstIndex.putIfAbsent(person.idNumber(), i);
              yield first == null
                  ? new Check.Eligible(person)
                  : new Check.Rejected(new Outcome.DuplicatePerson(first));
            }
          });
    }
    return checks;
  }

  /**
   * The outcomes in the order of the checks.
   *
   * @param holders the pseudonyms of the eligible, in their order
   */
  private CompletionStage<List<Outcome>> outcomes(
      List<Check> checks,
      List<PersonPseudonym> holders,
      Function<PersonPseudonym, CompletionStage<Outcome>> ask) {
    Iterator<PersonPseudonym> nextHolder = holders.iterator(); // mapAsync starts in order
    return Source.from(checks)
        .mapAsync(
            PARALLEL_ASKS,
            check ->
                switch (check) {
                  case Check.Rejected(var outcome) -> CompletableFuture.completedStage(outcome);
                  case Check.Eligible eligible -> ask.apply(nextHolder.next());
                })
        .runWith(Sink.seq(), system);
  }

  /** The first id whose voucher is not one that ended unclaimed. */
  private CompletionStage<Outcome> ask(Iterator<VoucherId> ids, VoucherCommand command, Actor by) {
    VoucherId id = ids.next();
    return vouchers
        .send(id, command, by)
        .thenCompose(
            answer ->
                switch (answer) {
                  case Vouchers.Answer.Done(var state, var changed)
                      when state.endedUnclaimed() && ids.hasNext() ->
                      ask(ids, command, by);
                  case Vouchers.Answer.Done(var state, var changed) ->
                      CompletableFuture.completedStage(
                          changed ? new Outcome.Issued(id) : new Outcome.AlreadyIssued(id));
                  case Vouchers.Answer.Refused(var reason) ->
                      CompletableFuture.completedStage(new Outcome.Refused(reason));
                });
  }
}
