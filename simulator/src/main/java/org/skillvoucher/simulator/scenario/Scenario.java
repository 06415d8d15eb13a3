package org.skillvoucher.simulator.scenario;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.LessonKind;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.receipt.Act;

/**
 * A correctness scenario: a schedule whose outcome is known.
 *
 * @param statements how many the devices make in all, filled up with second taps; 0 for as many as
 *     come
 */
record Scenario(
    String name,
    String title,
    long seed,
    String region,
    Sites sites,
    Classes classes,
    Habits habits,
    int statements,
    List<Step> schedule,
    Faults faults) {
  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  Scenario {
    schedule = List.copyOf(schedule);
  }

  Scenario withSeed(long other) {
    return new Scenario(
        name, title, other, region, sites, classes, habits, statements, schedule, faults);
  }

  /** Whether devices tap offline: only where they receive a beacon first. */
  boolean hasOfflineTaps() {
    return schedule.stream().anyMatch(step -> step.action() instanceof Action.Beacons);
  }

  /** Whether a lesson's scans are made online. */
  boolean isOnline(String lesson, Act act) {
    return schedule.stream()
        .anyMatch(
            step ->
                step.action() instanceof Action.Scan scan
                    && scan.lesson().equals(lesson)
                    && scan.act() == act);
  }

  /** Training sites (实训点), each with a number of rooms, a device in each. */
  record Sites(int count, int devices, List<DeviceSuite> suites) {
    Sites {
      suites = List.copyOf(suites);
    }

    int devicesInAll() {
      return count * devices;
    }
  }

  /**
   * Classes, all alike.
   *
   * @param devices at the door of each, of the same site
   */
  record Classes(int count, int people, int devices, List<LessonPlan> lessons) {
    Classes {
      lessons = List.copyOf(lessons);
    }
  }

  /** A lesson by day number; day 1 is the day after the gateway's own today. */
  record LessonPlan(String id, LessonKind kind, int day, LocalTime from, LocalTime to) {
    Lesson on(LocalDate dayOne) {
      return new Lesson(
          new LessonId(id),
          "课次 " + id,
          kind,
          new Moment(day, from).on(dayOne),
          new Moment(day, to).on(dayOne));
    }
  }

  /** A time of a day by number. */
  record Moment(int day, LocalTime time) {
    /** Of {@code day 1 08:30}. */
    @JsonCreator
    static Moment parse(String text) {
      String[] words = text.split(" ", -1);
      return new Moment(Integer.parseInt(words[1]), LocalTime.parse(words[2]));
    }

    boolean isAfter(Moment other) {
      return day > other.day || (day == other.day && time.isAfter(other.time));
    }

    Instant on(LocalDate dayOne) {
      return dayOne.plusDays(day - 1L).atTime(time).atZone(ZONE).toInstant();
    }
  }

  /** What people do, in percent of the times they could. */
  record Habits(int absent, int late, int noSignOut, int secondTap) {}

  /** Something that happens at a time. */
  record Step(Moment at, Action action) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Step of(StepMembers members) {
      return new Step(members.at(), members.action());
    }
  }

  private enum Verb {
    BEACONS,
    SCAN,
    UPLOAD,
    FILL,
    WAIVE,
    RESEND
  }

  /** A step as the file has it: which members there are depends on the verb. */
  private record StepMembers(
      Moment at,
      @JsonProperty("do") Verb verb,
      @Nullable String lesson,
      @Nullable Act act,
      int withinSeconds,
      int copies,
      boolean ownKeys) {
    Action action() {
      return switch (verb) {
        case BEACONS -> new Action.Beacons();
        case FILL -> new Action.Fill();
        case WAIVE -> new Action.Waive();
        case UPLOAD -> new Action.Upload(copies);
        case RESEND -> new Action.Resend(copies);
        case SCAN ->
            new Action.Scan(
                Objects.requireNonNull(lesson),
                Objects.requireNonNull(act),
                Duration.ofSeconds(withinSeconds),
                copies,
                ownKeys);
      };
    }
  }

  /** What happens. */
  sealed interface Action {
    /** Each device receives a time beacon (时间信标), and then is offline until it uploads. */
    record Beacons() implements Action {}

    /**
     * Everybody scans at the door, online.
     *
     * @param within how long it takes until the last has scanned, at most two minutes
     * @param copies how many times each request is sent, all at the same moment
     * @param ownKeys whether each copy has an idempotency key of its own
     */
    record Scan(String lesson, Act act, Duration within, int copies, boolean ownKeys)
        implements Action {}

    /** Devices upload what they have, but for what is withheld. */
    record Upload(int copies) implements Action {}

    /** What was withheld is found again, but for what never is. */
    record Fill() implements Action {}

    /** The authority no longer waits for what is still missing (补录放弃). */
    record Waive() implements Action {}

    /** Everything that ever was answered is uploaded again, that many times concurrently. */
    record Resend(int copies) implements Action {}
  }

  /**
   * What goes wrong.
   *
   * @param reorder whether statements are uploaded in any order
   * @param batch how many statements are in one batch
   * @param duplicates percent of the statements that are twice or more often in an upload
   * @param cuts how many uploads break off, every other one after its last byte
   * @param silentCalls how many calls the card platform does not answer during uploads
   * @param wrongClock how many statements are made with a clock that is a quarter of an hour off
   * @param strangers how many taps are by people of another class
   * @param early how many taps come before the door opens
   * @param lostCards how many people have a card that was reported lost
   */
  record Faults(
      boolean reorder,
      Span batch,
      int duplicates,
      int cuts,
      Withheld withheld,
      int silentCalls,
      int wrongClock,
      int strangers,
      int early,
      int lostCards) {}

  record Span(int from, int to) {}

  /**
   * Runs of statements that do not get into the first uploads.
   *
   * @param runs how many, each in another chain of a device and a class
   * @param length how many statements each has
   * @param neverFound how many of the runs are lost for good
   */
  record Withheld(int runs, Span length, int neverFound) {}
}
