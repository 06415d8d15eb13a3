package org.skillvoucher.simulator.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.simulator.device.Statement;
import org.skillvoucher.simulator.scenario.GatewayState.Books;
import org.skillvoucher.simulator.scenario.GatewayState.ClassState;
import org.skillvoucher.simulator.scenario.GatewayState.GapReport;
import org.skillvoucher.simulator.scenario.GatewayState.Receipt;
import org.skillvoucher.simulator.scenario.Plan.Delivery;
import org.skillvoucher.simulator.scenario.Plan.Tap;

/** The state of a gateway that makes no mistake with a plan; tests then seed differences in it. */
final class PerfectGateway {
  final Plan plan;
  final AnswerLog ledger;
  final List<List<Receipt>> receipts = new ArrayList<>();
  final List<Map<String, String>> sheets = new ArrayList<>();
  final List<GapReport> gaps = new ArrayList<>();
  final List<List<PersonPseudonym>> pseudonyms = new ArrayList<>();
  private final long minutesPlanned;

  PerfectGateway(Plan plan) {
    this.plan = plan;
    ExpectedOutcome expected = new ExpectedOutcome(plan);
    ledger = new AnswerLog(plan.taps().size());
    for (Tap tap : plan.taps()) {
      ledger
          .of(tap)
          .made(
              new Statement(
                  "C" + tap.classNumber(), tap.number() + 1, hash(tap), Map.of("t", tap.number())));
    }
    for (int number = 0; number < plan.scenario().classes().count(); number++) {
      receipts.add(new ArrayList<>());
      pseudonyms.add(pseudonyms(number));
      Map<String, String> sheet = new HashMap<>();
      expected
          .sheet(number, pseudonyms.get(number))
          .rows()
          .forEach(line -> sheet.put(line.person().value(), Comparison.numbers(line)));
      sheets.add(sheet);
    }
    minutesPlanned = expected.sheet(0, pseudonyms.getFirst()).minutesPlanned();
    expected.counting().values().forEach(this::keep);
    plan.taps().stream()
        .filter(tap -> tap.delivery() != Delivery.LOST)
        .forEach(
            tap ->
                expected
                    .refusal(tap)
                    .ifPresent(
                        why -> ledger.of(tap).answered("refused " + why.code(), Optional.empty())));
    TreeMap<String, Long> missing = new TreeMap<>();
    expected.gaps(Set.of(Delivery.LOST)).forEach((chain, tap) -> missing.put(chain.toString(), 1L));
    gaps.add(new GapReport("at upload", missing, missing));
  }

  static String hash(Tap tap) {
    return "hash " + tap.number();
  }

  private List<PersonPseudonym> pseudonyms(int number) {
    List<PersonPseudonym> people = new ArrayList<>();
    for (int i = 0; i < plan.scenario().classes().people(); i++) {
      people.add(new PersonPseudonym(String.format("%043d", number * 1_000 + i)));
    }
    return people;
  }

  private void keep(List<Tap> taps) {
    Tap first = taps.getFirst();
    String record = "record of " + first.number();
    receipts.get(first.classNumber()).add(new Receipt(record, true, true, hash(first)));
    for (Tap tap : taps) {
      ledger.of(tap).answered(tap.equals(first) ? "attended" : "repeated", Optional.of(record));
    }
  }

  ComparisonFindings compared() {
    return compared(new Books(10, 10, 0));
  }

  ComparisonFindings compared(Books books) {
    List<ClassState> classes = new ArrayList<>();
    for (int number = 0; number < receipts.size(); number++) {
      classes.add(new ClassState(receipts.get(number), minutesPlanned, sheets.get(number)));
    }
    return Comparison.of(plan, new GatewayState(ledger, classes, gaps, books), pseudonyms);
  }
}
