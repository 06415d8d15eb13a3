package org.skillvoucher.gateway.flag;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.skillvoucher.domain.policy.FlagKind;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.flag.FlagAssessment.Subject;
import org.skillvoucher.gateway.flag.FlagLesson.Held;

/**
 * Assesses one person's taps. Each class has a flag of its own, by its own region's rules. Nothing
 * depends on the order in which the taps arrived.
 */
final class PersonFlags {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private final String person;
  private final List<PersonTap> taps;
  private final Map<String, FlagClass> classes;

  /**
   * The taps of a person.
   *
   * @param taps in the order of their times
   * @param classes those of the taps
   */
  PersonFlags(String person, List<PersonTap> taps, Map<String, FlagClass> classes) {
    this.person = person;
    this.taps = taps;
    this.classes = classes;
  }

  static Set<String> classesOf(List<PersonTap> taps) {
    return taps.stream().map(PersonTap::classId).collect(Collectors.toSet());
  }

  /** The assessments that one more tap can change. */
  List<FlagAssessment> after(String classId, String lesson, Instant tappedAt) {
    List<FlagAssessment> found = new ArrayList<>(velocity(tappedAt));
    found.addAll(twoClasses(classId, lesson));
    stay(classId, lesson).ifPresent(found::add);
    held(classId, lesson).ifPresent(held -> found.addAll(hours(day(held))));
    return found;
  }

  /** Whether a lesson of theirs is over. */
  boolean isOver(String classId, String lesson) {
    return held(classId, lesson).filter(Held::ended).isPresent();
  }

  private Optional<Held> held(String classId, String lesson) {
    return firstOf(classId, lesson).flatMap(PersonTap::held);
  }

  /** 异地签到: at two sites within less time than the way takes; assessed for the nearest pair. */
  private List<FlagAssessment> velocity(Instant tappedAt) {
    if (isAtOneSite()) {
      return List.of();
    }
    Set<String> touched =
        taps.stream()
            .filter(one -> between(one.tappedAt(), tappedAt).compareTo(least(one)) < 0)
            .map(PersonFlags::once)
            .collect(Collectors.toSet());
    Map<String, Duration> shortest = new HashMap<>();
    Map<String, FlagAssessment> nearest = new LinkedHashMap<>();
    for (int i = 0; i < taps.size(); i++) {
      PersonTap here = taps.get(i);
      String key = once(here);
      for (PersonTap there : touched.contains(key) ? elsewhere(i) : List.<PersonTap>of()) {
        Duration time = between(here.tappedAt(), there.tappedAt());
        if (time.compareTo(shortest.getOrDefault(key, least(here))) < 0) {
          shortest.put(key, time);
          nearest.put(key, velocity(here, there));
        }
      }
    }
    return List.copyOf(nearest.values());
  }

  /** True for nearly all people. */
  private boolean isAtOneSite() {
    Optional<String> first = Optional.empty();
    for (PersonTap one : taps) {
      if (first.isEmpty()) {
        first = one.site();
      } else if (one.site().isPresent() && !one.site().equals(first)) {
        return false;
      }
    }
    return true;
  }

  private Duration least(PersonTap here) {
    return Duration.ofMinutes(of(here).rules().fieldRules().velocityMinutesMin());
  }

  /** The subject of one flag, however many taps it has. */
  private static String once(PersonTap one) {
    return String.join("/", one.classId(), one.lesson(), one.act().code());
  }

  /** Within one class only the later tap is flagged. */
  private List<PersonTap> elsewhere(int index) {
    PersonTap here = taps.get(index);
    return IntStream.range(0, taps.size())
        .filter(i -> i < index || !taps.get(i).classId().equals(here.classId()))
        .mapToObj(taps::get)
        .filter(there -> here.site().isPresent() && there.site().isPresent())
        .filter(there -> !there.site().equals(here.site()))
        .toList();
  }

  private FlagAssessment velocity(PersonTap here, PersonTap there) {
    return new FlagAssessment(
        FlagKind.VELOCITY,
        of(here),
        Subject.person(here.lesson(), person),
        String.join("/", here.lesson(), person, here.act().code()),
        Map.of(
            "seconds",
            between(here.tappedAt(), there.tappedAt()).toSeconds(),
            "minutesMin",
            least(here).toMinutes(),
            "here",
            here.facts(),
            "there",
            there.facts()),
        later(here.tappedAt(), there.tappedAt()),
        true);
  }

  /** 同时两班: this lesson of the class against those of the person's other classes. */
  List<FlagAssessment> twoClasses(String classId, String lesson) {
    Optional<PersonTap> first = firstOf(classId, lesson);
    return first.stream()
        .flatMap(
            one ->
                taps.stream()
                    .filter(other -> !other.classId().equals(classId))
                    .map(other -> firstOf(other.classId(), other.lesson()).orElse(other))
                    .distinct()
                    .flatMap(other -> Stream.of(both(one, other), both(other, one))))
        .toList();
  }

  private Optional<PersonTap> firstOf(String classId, String lesson) {
    return taps.stream().filter(one -> one.isOf(classId, lesson)).findFirst();
  }

  private FlagAssessment both(PersonTap here, PersonTap there) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("here", here.facts());
    facts.put("there", there.facts());
    Duration overlap =
        here.held()
            .flatMap(one -> there.held().map(other -> overlap(one, other)))
            .orElse(Duration.ZERO);
    facts.put("minutes", overlap.toMinutes());
    return new FlagAssessment(
        FlagKind.TWO_CLASSES,
        of(here),
        Subject.person(here.lesson(), person),
        String.join("/", here.lesson(), person, there.classId(), there.lesson()),
        facts,
        later(here.tappedAt(), there.tappedAt()),
        overlap.isPositive());
  }

  /** 停留过短: the share of the lesson between the first scan in and the last scan out. */
  private Optional<FlagAssessment> stay(String classId, String lesson) {
    List<PersonTap> own =
        taps.stream().filter(one -> one.isOf(classId, lesson) && !one.teacher()).toList();
    Optional<PersonTap> in = own.stream().filter(one -> one.act() == Act.IN).findFirst();
    Optional<PersonTap> out =
        own.reversed().stream().filter(one -> one.act() == Act.OUT).findFirst();
    return in.filter(one -> out.isPresent())
        .flatMap(PersonTap::held)
        .map(held -> stay(held, in.orElseThrow(), out.orElseThrow()));
  }

  private FlagAssessment stay(Held held, PersonTap in, PersonTap out) {
    FlagClass of = of(in);
    int percentMin = of.flagRules().stayPercentMin();
    long stayed =
        Math.max(0, overlap(held, new Held(in.tappedAt(), out.tappedAt(), false)).toMillis());
    long whole = Duration.between(held.startsAt(), held.endsAt()).toMillis();
    return new FlagAssessment(
        FlagKind.STAY_SHORT,
        of,
        Subject.person(in.lesson(), person),
        in.lesson() + "/" + person,
        Map.of(
            "stayedMinutes",
            stayed / 60_000,
            "lessonMinutes",
            whole / 60_000,
            "percentMin",
            percentMin,
            "in",
            in.facts(),
            "out",
            out.facts()),
        out.tappedAt(),
        stayed * 100 < whole * percentMin);
  }

  /** One lesson which a person attended: in and out. */
  private record Attended(PersonTap in, PersonTap out, Held held) {
    long minutes() {
      return Duration.between(held.startsAt(), held.endsAt()).toMinutes();
    }
  }

  /** 超时培训: more class hours (学时) on one day than a class of any of them may have. */
  private List<FlagAssessment> hours(LocalDate day) {
    List<Attended> attended =
        attended(day).stream().sorted(Comparator.comparing(one -> one.out().tappedAt())).toList();
    return attended.stream()
        .map(one -> one.in().classId())
        .distinct()
        .flatMap(classId -> hours(of(classId), day, attended).stream())
        .toList();
  }

  private Optional<FlagAssessment> hours(FlagClass of, LocalDate day, List<Attended> attended) {
    int classHour = of.rules().attendance().classHourMinutes();
    long minutesMax = (long) of.rules().fieldRules().classHoursADayMax() * classHour;
    long minutes = 0;
    Optional<Instant> passedAt = Optional.empty();
    for (Attended one : attended) {
      minutes += one.minutes();
      if (minutes > minutesMax && passedAt.isEmpty()) {
        passedAt = Optional.of(one.out().tappedAt());
      }
    }
    long sum = minutes;
    return passedAt.map(
        at ->
            new FlagAssessment(
                FlagKind.HOURS_A_DAY,
                of,
                Subject.person(person),
                day + "/" + person,
                Map.of(
                    "day", day.toString(),
                    "minutes", sum,
                    "classHourMinutes", classHour,
                    "classHoursMax", of.rules().fieldRules().classHoursADayMax(),
                    "lessons", attended.stream().map(PersonFlags::facts).toList()),
                at,
                true));
  }

  private static Map<String, Object> facts(Attended one) {
    return Map.of(
        "class", one.in().classId(), "lesson", one.in().lesson(), "minutes", one.minutes());
  }

  private List<Attended> attended(LocalDate day) {
    Instant from = day.atStartOfDay(ZONE).toInstant();
    Instant to = day.plusDays(1).atStartOfDay(ZONE).toInstant();
    Map<String, List<PersonTap>> byLesson = new TreeMap<>();
    taps.stream()
        .filter(
            one -> !one.teacher() && one.held().filter(held -> held.begins(from, to)).isPresent())
        .forEach(
            one ->
                byLesson
                    .computeIfAbsent(one.classId() + "/" + one.lesson(), key -> new ArrayList<>())
                    .add(one));
    List<Attended> attended = new ArrayList<>();
    for (List<PersonTap> taps : byLesson.values()) {
      Optional<PersonTap> in = taps.stream().filter(one -> one.act() == Act.IN).findFirst();
      taps.stream()
          .filter(one -> one.act() == Act.OUT && in.isPresent())
          .findFirst()
          .ifPresent(
              out -> attended.add(new Attended(in.orElseThrow(), out, out.held().orElseThrow())));
    }
    return attended;
  }

  private FlagClass of(PersonTap one) {
    return of(one.classId());
  }

  private FlagClass of(String classId) {
    return Optional.ofNullable(classes.get(classId)).orElseThrow();
  }

  private static LocalDate day(Held held) {
    return LocalDate.ofInstant(held.startsAt(), ZONE);
  }

  /** Negative or zero when there is none. */
  private static Duration overlap(Held one, Held other) {
    return Duration.between(
        later(one.startsAt(), other.startsAt()),
        one.endsAt().isBefore(other.endsAt()) ? one.endsAt() : other.endsAt());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Duration between(Instant one, Instant other) {
    return Duration.between(one, other).abs();
  }
}
