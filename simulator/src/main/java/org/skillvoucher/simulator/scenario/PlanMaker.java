package org.skillvoucher.simulator.scenario;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.Windows;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.desk.MadeUpPeople;
import org.skillvoucher.simulator.device.Presented;
import org.skillvoucher.simulator.platform.Card;
import org.skillvoucher.simulator.scenario.Plan.Chain;
import org.skillvoucher.simulator.scenario.Plan.Delivery;
import org.skillvoucher.simulator.scenario.Plan.Sort;
import org.skillvoucher.simulator.scenario.Plan.Tap;
import org.skillvoucher.simulator.scenario.Scenario.Action;
import org.skillvoucher.simulator.scenario.Scenario.Step;
import org.skillvoucher.simulator.yaml.ScenarioInvalid;

/** Makes a plan of a scenario; the same seed makes the same plan. */
final class PlanMaker {
  private static final int PERCENT = 100;

  /** Two people do not tap one device faster than that. */
  private static final Duration BETWEEN_TAPS = Duration.ofMillis(1_500);

  private static final int PRIMARY_DEVICE_PERCENT = 80;

  private final Scenario scenario;
  private final LocalDate dayOne;
  private final AttendanceRules rules;
  private final List<Lesson> lessons;
  private final SplittableRandom random;
  private final List<Tap> taps = new ArrayList<>();

  private PlanMaker(Scenario scenario, LocalDate dayOne, AttendanceRules rules) {
    this.scenario = scenario;
    this.dayOne = dayOne;
    this.rules = rules;
    lessons = scenario.classes().lessons().stream().map(lesson -> lesson.on(dayOne)).toList();
    random = new SplittableRandom(scenario.seed());
  }

  /**
   * Makes the plan.
   *
   * @throws ScenarioInvalid when the scenario asks for more than its classes can give
   */
  static Plan make(Scenario scenario, LocalDate dayOne, AttendanceRules rules)
      throws ScenarioInvalid {
    return new PlanMaker(scenario, dayOne, rules).make();
  }

  private Plan make() throws ScenarioInvalid {
    int classes = scenario.classes().count();
    int size = scenario.classes().people();
    List<Card> people =
        new ArrayList<>(MadeUpPeople.make(classes * size, scenario.region(), random.split()));
    for (int i = 0; i < scenario.faults().lostCards(); i++) {
      int unlucky = random.nextInt(people.size());
      people.set(unlucky, lost(people.get(unlucky)));
    }
    for (int classNumber = 0; classNumber < classes; classNumber++) {
      for (int lesson = 0; lesson < lessons.size(); lesson++) {
        everybody(classNumber, lesson);
      }
    }
    List<Tap> plain = List.copyOf(taps);
    wrongClocks(people);
    strangers(people);
    early(plain, people);
    secondTaps(plain);
    Plan ordered = new Plan(scenario, dayOne, rules, lessons, people, numbered(spaced(taps)));
    return withheld(ordered);
  }

  private static Card lost(Card card) {
    return new Card(
        card.identificationCode(),
        card.personNumber(),
        card.cardNumber(),
        card.name(),
        Card.CardStatus.LOST);
  }

  private boolean happens(int percent) {
    return random.nextInt(PERCENT) < percent;
  }

  /** Who is there comes in and goes out, most of them in time. */
  private void everybody(int classNumber, int lesson) {
    int size = scenario.classes().people();
    for (int person = classNumber * size; person < (classNumber + 1) * size; person++) {
      if (happens(scenario.habits().absent())) {
        continue;
      }
      plain(classNumber, lesson, Act.IN, person);
      if (!happens(scenario.habits().noSignOut())) {
        plain(classNumber, lesson, Act.OUT, person);
      }
    }
  }

  private void plain(int classNumber, int lesson, Act act, int person) {
    Optional<Step> step = scanStep(lesson, act);
    if (step.isPresent() && step.get().action() instanceof Action.Scan scan) {
      Instant from = step.get().at().on(dayOne);
      long within = scan.within().toMillis() * 9 / 10;
      add(classNumber, lesson, act, person, from.plusMillis(random.nextLong(within)), Sort.PLAIN);
    } else if (scenario.hasOfflineTaps()) {
      add(classNumber, lesson, act, person, timeOf(lessons.get(lesson), act), Sort.PLAIN);
    }
  }

  private Optional<Step> scanStep(int lesson, Act act) {
    String id = lessons.get(lesson).id().value();
    return scenario.schedule().stream()
        .filter(
            step ->
                step.action() instanceof Action.Scan scan
                    && scan.lesson().equals(id)
                    && scan.act() == act)
        .findFirst();
  }

  /** Well within the window, late or not. */
  private Instant timeOf(Lesson lesson, Act act) {
    if (act == Act.OUT) {
      Windows.Window window = Windows.signOut(lesson, rules);
      return between(window.opensAt(), lesson.endsAt().plus(Duration.ofMinutes(40)));
    }
    Instant late = lesson.startsAt().plus(Duration.ofMinutes(rules.lateMinutesAfter()));
    Windows.Window window = Windows.signIn(lesson, rules);
    return happens(scenario.habits().late())
        ? between(late.plusSeconds(60), window.closesAt().minusSeconds(240))
        : between(window.opensAt(), late.minusSeconds(120));
  }

  private Instant between(Instant from, Instant to) {
    return from.plusMillis(random.nextLong(Duration.between(from, to).toMillis()));
  }

  private void add(int classNumber, int lesson, Act act, int person, Instant at, Sort sort) {
    String id = lessons.get(lesson).id().value();
    taps.add(
        new Tap(
            0,
            classNumber,
            lesson,
            act,
            person,
            device(classNumber),
            at,
            sort,
            scenario.isOnline(id, act),
            Delivery.SENT,
            Presented.Salt.of(random.nextLong(), random.nextLong())));
  }

  /** Mostly the one in the class's own room, and else a neighbour's. */
  private int device(int classNumber) {
    int each = scenario.sites().devices();
    int site = classNumber / each % scenario.sites().count();
    int primary = classNumber % each;
    int away = happens(PRIMARY_DEVICE_PERCENT) ? 0 : random.nextInt(scenario.classes().devices());
    return site * each + (primary + away) % each;
  }

  private void wrongClocks(List<Card> people) {
    int wanted = scenario.faults().wrongClock();
    for (int tries = 0; wanted > 0 && tries < taps.size() * 10; tries++) {
      int at = random.nextInt(taps.size());
      Tap tap = taps.get(at);
      if (!tap.online() && tap.sort() == Sort.PLAIN && isActive(people, tap.person())) {
        taps.set(at, tap.with(Sort.WRONG_CLOCK));
        wanted--;
      }
    }
  }

  private static boolean isActive(List<Card> people, int person) {
    return people.get(person).status() == Card.CardStatus.ACTIVE;
  }

  /** People of the next class try this one's door. */
  private void strangers(List<Card> people) {
    int classes = scenario.classes().count();
    int size = scenario.classes().people();
    for (int i = 0; classes > 1 && i < scenario.faults().strangers(); i++) {
      int classNumber = random.nextInt(classes);
      int lesson = random.nextInt(lessons.size());
      int person = (classNumber + 1) % classes * size + random.nextInt(size);
      if (isActive(people, person) && isOffline(lesson, Act.IN)) {
        add(
            classNumber,
            lesson,
            Act.IN,
            person,
            timeOf(lessons.get(lesson), Act.IN),
            Sort.STRANGER);
      }
    }
  }

  private boolean isOffline(int lesson, Act act) {
    return scenario.hasOfflineTaps() && scanStep(lesson, act).isEmpty();
  }

  private void early(List<Tap> plain, List<Card> people) {
    for (int i = 0; !plain.isEmpty() && i < scenario.faults().early(); i++) {
      Tap tap = plain.get(random.nextInt(plain.size()));
      Lesson lesson = lessons.get(tap.lesson());
      if (!tap.online() && isActive(people, tap.person())) {
        Instant opens = Windows.signIn(lesson, rules).opensAt();
        Instant at = opens.minusSeconds(60L + random.nextInt(1_200));
        add(tap.classNumber(), tap.lesson(), Act.IN, tap.person(), at, Sort.EARLY);
      }
    }
  }

  /** Some tap again to be sure, and as many more as the scenario's number of statements asks. */
  private void secondTaps(List<Tap> plain) throws ScenarioInvalid {
    List<Tap> sure = plain.stream().filter(tap -> happens(scenario.habits().secondTap())).toList();
    sure.forEach(this::again);
    int wanted = scenario.statements();
    if (wanted > 0 && taps.size() > wanted) {
      throw new ScenarioInvalid(
          List.of(
              scenario.name()
                  + ": statements is "
                  + wanted
                  + ", and the classes already make "
                  + taps.size()));
    }
    while (taps.size() < wanted && !plain.isEmpty()) {
      again(plain.get(random.nextInt(plain.size())));
    }
  }

  private void again(Tap tap) {
    Instant at = tap.at().plusMillis(20_000L + random.nextInt(60_000));
    add(tap.classNumber(), tap.lesson(), tap.act(), tap.person(), at, Sort.SECOND);
  }

  /** Taps of one device are apart, as people queue at it. */
  private static List<Tap> spaced(List<Tap> taps) {
    List<Tap> ordered = new ArrayList<>(taps);
    ordered.sort(Comparator.comparing(Tap::at));
    Map<Integer, Instant> free = new HashMap<>();
    List<Tap> spaced = new ArrayList<>();
    for (Tap tap : ordered) {
      Instant from = free.getOrDefault(tap.device(), Instant.MIN);
      Instant at = tap.at().isBefore(from) ? from : tap.at();
      free.put(tap.device(), at.plus(BETWEEN_TAPS));
      spaced.add(at(tap, tap.number(), at));
    }
    spaced.sort(Comparator.comparing(Tap::at));
    return spaced;
  }

  private static List<Tap> numbered(List<Tap> taps) {
    List<Tap> numbered = new ArrayList<>();
    for (Tap tap : taps) {
      numbered.add(at(tap, numbered.size(), tap.at()));
    }
    return numbered;
  }

  private static Tap at(Tap tap, int number, Instant at) {
    return new Tap(
        number,
        tap.classNumber(),
        tap.lesson(),
        tap.act(),
        tap.person(),
        tap.device(),
        at,
        tap.sort(),
        tap.online(),
        tap.delivery(),
        tap.salt());
  }

  /** Takes runs of statements out of chains, each followed by a statement that reveals the gap. */
  private Plan withheld(Plan plan) throws ScenarioInvalid {
    Scenario.Withheld withheld = scenario.faults().withheld();
    List<Tap> all = new ArrayList<>(plan.taps());
    List<List<Tap>> chains = new ArrayList<>(chains(plan).values());
    for (int run = 0; run < withheld.runs(); run++) {
      int length = random.nextInt(withheld.length().from(), withheld.length().to() + 1);
      List<List<Tap>> fit = chains.stream().filter(chain -> chain.size() > length + 1).toList();
      if (fit.isEmpty()) {
        throw new ScenarioInvalid(
            List.of(
                scenario.name()
                    + ": faults.withheld.runs is "
                    + withheld.runs()
                    + ", and there are chains for "
                    + run));
      }
      List<Tap> chain = fit.get(random.nextInt(fit.size()));
      chains.remove(chain);
      int from = random.nextInt(1, chain.size() - length);
      Delivery delivery = run < withheld.neverFound() ? Delivery.LOST : Delivery.FOUND_LATER;
      for (Tap tap : chain.subList(from, from + length)) {
        all.set(tap.number(), tap.with(delivery));
      }
    }
    return new Plan(scenario, dayOne, rules, lessons, plan.people(), all);
  }

  private static Map<Chain, List<Tap>> chains(Plan plan) {
    Map<Chain, List<Tap>> chains = new LinkedHashMap<>();
    for (Tap tap : plan.taps()) {
      if (!tap.online()) {
        chains.computeIfAbsent(tap.chain(), chain -> new ArrayList<>()).add(tap);
      }
    }
    return chains;
  }
}
