package org.skillvoucher.simulator.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.simulator.report.Thresholds;

/**
 * A load scenario (压力场景).
 *
 * @param title for people
 * @param seed decides who scans when; the same seed, the same load
 * @param day how business time runs
 * @param door who scans at which doors
 * @param arrivals when people come
 * @param beside background activity
 */
record LoadScenario(
    String name,
    String title,
    long seed,
    String region,
    Day day,
    Door door,
    Arrivals arrivals,
    Beside beside,
    Thresholds thresholds) {
  static final int PEOPLE_OF_CLOSING = 2;
  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /**
   * Business time.
   *
   * @param speed how many seconds of it pass in one second; 1 on a gateway whose clock cannot be
   *     moved
   * @param starts at which time of the day the load begins
   * @param first when the first lesson (课次) begins
   * @param lessons how many there are, one after the other
   * @param minutes how long each is
   * @param spread how much later than the first class's the last one's begin: completed classes are
   *     replaced by new ones, as in a year
   */
  record Day(
      int speed, LocalTime starts, LocalTime first, int lessons, int minutes, Duration spread) {
    /** How long after the load's beginning the first lesson begins; negative when before. */
    Duration lead() {
      return Duration.between(starts, first);
    }
  }

  /**
   * Where people scan.
   *
   * @param classes how many classes people come to by the schedule
   * @param people of each class
   * @param devices at the door of each class
   * @param suites of the devices' keys, in turn
   * @param connections over which the devices send
   * @param patience how long people wait for the device to take their card before they give up
   */
  record Door(
      int classes,
      int people,
      int devices,
      List<DeviceSuite> suites,
      int connections,
      Duration patience) {
    Door {
      suites = List.copyOf(suites);
    }
  }

  /**
   * When people come.
   *
   * @param warmUp time at the beginning that is not counted: a gateway that was just started is
   *     still being compiled
   * @param rescans percent of people who tap a second time a moment later
   * @param bursts whole classes at their doors, beside the schedule
   */
  record Arrivals(
      Schedule schedule,
      Duration warmUp,
      int rescans,
      Optional<Bursts> bursts,
      Optional<Ramp> ramp) {}

  /**
   * Door bursts (课前集中签到).
   *
   * @param classes number of classes, each at a moment of its own
   * @param people people of each
   * @param within business time from the first to the last
   */
  record Bursts(int classes, int people, Duration within) {}

  /**
   * Rates that rise until the deployment no longer sustains them.
   *
   * @param warmUp time at the first rate before anything is judged
   * @param hold how long each step lasts
   * @param p99Max a step with a greater 99th percentile is not sustained
   * @param failedPercentMax nor one of which more failed
   */
  record Ramp(
      Duration warmUp,
      double from,
      double step,
      double to,
      Duration hold,
      @JsonProperty("p99") Duration p99Max,
      @JsonProperty("failedPercent") double failedPercentMax) {
    int steps() {
      return 1 + (int) Math.floor((to - from) / step + 1e-9);
    }

    double rate(int number) {
      return from + number * step;
    }
  }

  /**
   * Background activity while people scan.
   *
   * @param collect interval of full garbage collections in a gateway of its own, to measure the
   *     live heap
   */
  record Beside(
      Optional<Offline> offline,
      Optional<SlowPlatform> platform,
      Optional<Outage> downstream,
      Optional<Duration> collect) {}

  /**
   * Sites that come back online (离线批次).
   *
   * @param statements of each, in one batch
   * @param at since the load's beginning
   */
  record Offline(int sites, int statements, Duration at) {}

  /** A card platform that delays its answer for some cards. */
  record SlowPlatform(Duration delay, int percent) {}

  /**
   * A downstream system that is out of service.
   *
   * @param closings number of classes that close in the course of the load, and have evidence to
   *     deliver
   */
  record Outage(Duration at, Duration lasts, int closings) {}

  /** How many classes there are, those of the bursts counted. */
  int classesInAll() {
    return door.classes() + arrivals.bursts().map(Bursts::classes).orElse(0);
  }

  /** How much later than the first class's this one's lessons begin. */
  Duration later(int classNumber) {
    return classNumber < door.classes()
        ? day.spread().multipliedBy(classNumber).dividedBy(door.classes())
        : Duration.ZERO;
  }

  /** How many classes an offline site needs for its statements. */
  int classesOfOfflineSite() {
    int each = door.people() * 2 * day.lessons();
    return beside.offline().map(offline -> (offline.statements() + each - 1) / each).orElse(0);
  }

  private int classesOfAllOfflineSites() {
    return beside.offline().map(Offline::sites).orElse(0) * classesOfOfflineSite();
  }

  /** Everybody, in the order of their classes: those at doors, offline, and those that end. */
  int people() {
    return (classesInAll() + classesOfAllOfflineSites()) * door.people()
        + closings() * PEOPLE_OF_CLOSING;
  }

  int closings() {
    return beside.downstream().map(Outage::closings).orElse(0);
  }

  /** Business time at the load's beginning, if it begins on that day. */
  Instant startsOn(LocalDate date) {
    return day.starts().atDate(date).atZone(ZONE).toInstant();
  }

  LoadScenario withSeed(long other) {
    return new LoadScenario(name, title, other, region, day, door, arrivals, beside, thresholds);
  }

  /** The same, with the last rate continued until that much time has passed. */
  LoadScenario lastingAtLeast(Duration time) {
    Schedule longer = arrivals.schedule().lastingAtLeast(time);
    return new LoadScenario(
        name,
        title,
        seed,
        region,
        day,
        door,
        new Arrivals(
            longer, arrivals.warmUp(), arrivals.rescans(), arrivals.bursts(), arrivals.ramp()),
        beside,
        thresholds);
  }

  /** The same where the clock cannot be moved. */
  LoadScenario atOwnSpeed() {
    Day slow = new Day(1, day.starts(), day.starts(), day.lessons(), day.minutes(), day.spread());
    return new LoadScenario(name, title, seed, region, slow, door, arrivals, beside, thresholds);
  }
}
