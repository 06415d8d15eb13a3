package org.skillvoucher.simulator.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.attendance.Mark;
import org.skillvoucher.domain.attendance.Windows;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.scenario.Plan.Chain;
import org.skillvoucher.simulator.scenario.Plan.Delivery;
import org.skillvoucher.simulator.scenario.Plan.NaturalKey;
import org.skillvoucher.simulator.scenario.Plan.Sort;
import org.skillvoucher.simulator.scenario.Plan.Tap;

/**
 * The expected outcome of a plan (test oracle), computed without the gateway: which taps count,
 * which are refused and with what code, which gaps must be reported, and what each class's sheet
 * must contain.
 */
final class ExpectedOutcome {
  private final Plan plan;
  private final Map<NaturalKey, List<Tap>> counting = new LinkedHashMap<>();

  ExpectedOutcome(Plan plan) {
    this.plan = plan;
    for (Tap tap : plan.taps()) {
      if (tap.delivery() != Delivery.LOST && refusal(tap).isEmpty()) {
        counting.computeIfAbsent(tap.naturalKey(), key -> new ArrayList<>()).add(tap);
      }
    }
  }

  /**
   * How a tap must be refused.
   *
   * @param orRepeated whether, once the real tap is recorded, it may also be answered with that
   *     one's receipt
   */
  record Refusal(String code, boolean orRepeated) {}

  /** Empty for a tap that counts, or repeats one that does. */
  Optional<Refusal> refusal(Tap tap) {
    return switch (tap.sort()) {
      case EARLY -> Optional.of(new Refusal("outside_window", true));
      case WRONG_CLOCK -> Optional.of(new Refusal("tap_time_unprovable", false));
      case STRANGER -> Optional.of(new Refusal("not_enrolled", false));
      case PLAIN -> lostCard(tap);
      case SECOND -> lostCard(tap);
    };
  }

  private Optional<Refusal> lostCard(Tap tap) {
    return plan.hasLostCard(tap.person())
        ? Optional.of(new Refusal("card_status", false))
        : Optional.empty();
  }

  /** The taps of which exactly one must be recorded, each list for one natural key. */
  Map<NaturalKey, List<Tap>> counting() {
    return counting;
  }

  /** How many records, and so receipts, a class must have. */
  long records(int classNumber) {
    return counting.keySet().stream().filter(key -> key.classNumber() == classNumber).count();
  }

  /**
   * The chains in which a statement is missing, with the tap that is.
   *
   * @param among what has not come yet
   */
  Map<Chain, Tap> gaps(Set<Delivery> among) {
    Map<Chain, Tap> first = new HashMap<>();
    for (Tap tap : plan.taps()) {
      if (among.contains(tap.delivery())) {
        first.putIfAbsent(tap.chain(), tap);
      }
    }
    return first;
  }

  /** A class's sheet; the pseudonyms are those of its people, in their order. */
  AttendanceSheet sheet(int classNumber, List<PersonPseudonym> pseudonyms) {
    int first = classNumber * plan.scenario().classes().people();
    List<Mark> marks = new ArrayList<>();
    counting.forEach(
        (key, taps) -> {
          if (key.classNumber() == classNumber) {
            boolean late = key.act() == Act.IN && taps.stream().allMatch(this::isLate);
            marks.add(
                new Mark(
                    pseudonyms.get(key.person() - first),
                    plan.lessons().get(key.lesson()).id(),
                    key.act(),
                    late,
                    taps.getFirst().online()));
          }
        });
    return AttendanceSheet.of(
        plan.lessons(), pseudonyms, AttendanceSheet.Input.of(marks), plan.rules());
  }

  /** Of several taps, one in time is enough. */
  private boolean isLate(Tap tap) {
    return Windows.isLate(plan.lesson(tap), tap.at(), plan.rules());
  }

  /** Taps that repeat others: their statements are recorded without a receipt of their own. */
  int repeats() {
    return counting.values().stream().mapToInt(taps -> taps.size() - 1).sum();
  }

  long sent() {
    return plan.taps().stream().filter(tap -> tap.delivery() != Delivery.LOST).count();
  }

  long of(Sort sort) {
    return plan.taps().stream().filter(tap -> tap.sort() == sort).count();
  }
}
