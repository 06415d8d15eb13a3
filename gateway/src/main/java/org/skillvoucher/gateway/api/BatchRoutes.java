package org.skillvoucher.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.http.Endpoint;
import org.skillvoucher.gateway.http.Fields;
import org.skillvoucher.gateway.http.Language;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.ProblemException;
import org.skillvoucher.gateway.http.Reply;
import org.skillvoucher.gateway.http.Text;
import org.skillvoucher.gateway.http.Times;
import org.skillvoucher.gateway.person.People;
import org.skillvoucher.gateway.scan.Attempt;
import org.skillvoucher.gateway.scan.ScanOutcome;
import org.skillvoucher.gateway.scan.ScanService;
import org.skillvoucher.gateway.security.Role;

/** Batches of offline statements (离线批次), each item with an answer of its own. */
final class BatchRoutes {
  private final ScanService scans;
  private final People people;
  private final DerivedIds ids;
  private final InstantSource clock;
  private final int itemsMax;

  BatchRoutes(ScanService scans, People people, DerivedIds ids, InstantSource clock, int itemsMax) {
    this.scans = scans;
    this.people = people;
    this.ids = ids;
    this.clock = clock;
    this.itemsMax = itemsMax;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post(
                "/v1/statement-batches", Set.of(Role.DEVICE), Endpoint.Body.BATCH, this::batch)
            .leavingTheKeyToTheClass());
  }

  /** One item's answer; absent members are left out. */
  record Item(
      int index,
      String outcome,
      Optional<String> code,
      Optional<String> detail,
      Optional<String> receipt,
      Optional<Long> expected,
      Optional<Long> received) {
    static Item of(int index, String outcome) {
      return new Item(
          index,
          outcome,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    static Item withReceipt(int index, String outcome, String receipt) {
      return new Item(
          index,
          outcome,
          Optional.empty(),
          Optional.empty(),
          Optional.of(receipt),
          Optional.empty(),
          Optional.empty());
    }

    static Item refused(int index, String outcome, Problem problem, Language language) {
      return new Item(
          index,
          outcome,
          Optional.of(problem.code().word()),
          Optional.of(detailOf(problem, language)),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    /** An item has no errors member, so that its faults are in the detail. */
    private static String detailOf(Problem problem, Language language) {
      return problem.errors().isEmpty()
          ? problem.detail().in(language)
          : problem.errors().stream()
              .map(fault -> fault.place() + " " + fault.detail().in(language))
              .collect(Collectors.joining("; "));
    }

    Item with(ClassRefusal.CounterGap gap) {
      return new Item(
          index,
          outcome,
          code,
          detail,
          receipt,
          Optional.of(gap.expected()),
          Optional.of(gap.received()));
    }
  }

  /** The whole answer, with how many items came to what. */
  record Body(
      List<Item> items,
      long attended,
      long replayed,
      long repeated,
      long captured,
      long refused,
      long gaps,
      long tryAgain) {
    static Body of(List<Item> items) {
      Map<String, Long> counts = new HashMap<>();
      items.forEach(item -> counts.merge(item.outcome(), 1L, Long::sum));
      return new Body(
          items,
          counts.getOrDefault("attended", 0L),
          counts.getOrDefault("replayed", 0L),
          counts.getOrDefault("repeated", 0L),
          counts.getOrDefault("captured", 0L),
          counts.getOrDefault("refused", 0L) + counts.getOrDefault("fork", 0L),
          counts.getOrDefault("gap", 0L),
          counts.getOrDefault("try_again", 0L));
    }
  }

  private Endpoint.Work batch(Call call) {
    CreditCode institution = ScanRoutes.institutionOf(call.caller());
    JsonNode items = items(call.json());
    PresentedReader reader = new PresentedReader(people, Times.businessDate(clock.instant()));
    Map<Integer, Item> unreadable = new HashMap<>();
    List<Attempt> attempts = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      try {
        attempts.add(attempt(call, institution, items.get(i), reader));
        places.add(i);
      } catch (ProblemException refused) {
        unreadable.put(i, Item.refused(i, "refused", refused.problem(), call.language()));
      }
    }
    return () ->
        scans
            .recordAll(attempts)
            .thenApply(
                answers -> {
                  Map<Integer, Item> all = new HashMap<>(unreadable);
                  for (int i = 0; i < answers.size(); i++) {
                    int place = places.get(i);
                    all.put(place, item(place, answers.get(i), call.language()));
                  }
                  List<Item> inOrder = new ArrayList<>(all.size());
                  for (int i = 0; i < all.size(); i++) {
                    inOrder.add(all.get(i));
                  }
                  return Reply.json(200, Body.of(inOrder));
                });
  }

  private JsonNode items(ObjectNode body) {
    Fields in = Fields.of(body, "items");
    JsonNode items = body.path("items");
    if (!items.isArray() || items.isEmpty() || items.size() > itemsMax) {
      in.fault(
          "items",
          new Text("must be an array of 1 to " + itemsMax, "应为 1 至 " + itemsMax + " 项的数组"));
    }
    in.refuseIfFaulty();
    return items;
  }

  private Attempt attempt(
      Call call, CreditCode institution, JsonNode item, PresentedReader reader) {
    if (!(item instanceof ObjectNode object)) {
      throw new ProblemException(
          Problem.invalid(Problem.Fault.at("", new Text("must be an object", "应为对象"))));
    }
    ScanRequest request = ScanRequest.read(object, reader);
    return request.attempt(
        institution, ids.scanKey(call.caller().tokenId(), ids.statementKey(request)), ids);
  }

  private static Item item(int index, ScanOutcome answer, Language language) {
    return switch (answer) {
      case ScanOutcome.Recorded(var receipt, var replayed) ->
          Item.withReceipt(index, replayed ? "replayed" : "attended", receipt.record());
      case ScanOutcome.Duplicate(var receipt, var counterUsed) ->
          Item.withReceipt(index, "repeated", receipt.record());
      case ScanOutcome.Refused(ClassRefusal.CounterGap gap) ->
          Item.refused(index, "gap", Refusals.of((ClassRefusal) gap), language).with(gap);
      case ScanOutcome.Refused(ClassRefusal.CounterFork fork) ->
          Item.refused(index, "fork", Refusals.of((ClassRefusal) fork), language);
      // The class may yet open, and then they count: the device keeps them.
      case ScanOutcome.Refused(ClassRefusal.NotOpen early) ->
          Item.refused(index, "try_again", Refusals.of((ClassRefusal) early), language);
      case ScanOutcome.Refused(var reason) ->
          Item.refused(index, "refused", Refusals.of(reason), language);
      case ScanOutcome.CardRefused(var outcome) ->
          Item.refused(index, "refused", Refusals.of(outcome), language);
      case ScanOutcome.CodeRefused(var outcome) ->
          Item.refused(index, "refused", ScanProblems.of(outcome), language);
      case ScanOutcome.DeviceRefused(var fault) ->
          Item.refused(index, "refused", ScanProblems.of(fault), language);
      case ScanOutcome.CapturedUnverified(var verifiable) ->
          Item.refused(index, "captured", ScanProblems.captured(verifiable), language);
      case ScanOutcome.Unknown unknown -> Item.of(index, "try_again");
    };
  }
}
