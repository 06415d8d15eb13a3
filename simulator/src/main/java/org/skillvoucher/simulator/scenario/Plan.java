package org.skillvoucher.simulator.scenario;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.device.Presented;
import org.skillvoucher.simulator.platform.Card;

/**
 * Everything that is going to happen, as it follows from a scenario and its seed: who taps where
 * and when, and how each statement is delivered. The gateway's part in it is {@link
 * ExpectedOutcome}.
 *
 * @param dayOne the first day of lessons
 * @param people those of the first class come first
 * @param taps in the order of their times; a tap's number is its place
 */
record Plan(
    Scenario scenario,
    LocalDate dayOne,
    AttendanceRules rules,
    List<Lesson> lessons,
    List<Card> people,
    List<Tap> taps) {
  Plan {
    lessons = List.copyOf(lessons);
    people = List.copyOf(people);
    taps = List.copyOf(taps);
  }

  /** What sort of tap it is. */
  enum Sort {
    /** The one that should count. */
    PLAIN,
    /** Once more, to be sure. */
    SECOND,
    /** By a person of another class. */
    STRANGER,
    /** Before the door opens. */
    EARLY,
    /** With a clock that is a quarter of an hour off. */
    WRONG_CLOCK
  }

  /** How the statement is delivered. */
  enum Delivery {
    SENT,
    /** It gets into an upload only when it is found again. */
    FOUND_LATER,
    /** It never gets into any. */
    LOST
  }

  /**
   * One tap.
   *
   * @param at by a clock that is right
   * @param online whether the device is online
   */
  record Tap(
      int number,
      int classNumber,
      int lesson,
      Act act,
      int person,
      int device,
      Instant at,
      Sort sort,
      boolean online,
      Delivery delivery,
      Presented.Salt salt) {
    NaturalKey naturalKey() {
      return new NaturalKey(classNumber, lesson, act, person);
    }

    Chain chain() {
      return new Chain(device, classNumber);
    }

    Tap with(Sort other) {
      return new Tap(
          number, classNumber, lesson, act, person, device, at, other, online, delivery, salt);
    }

    Tap with(Delivery other) {
      return new Tap(
          number, classNumber, lesson, act, person, device, at, sort, online, other, salt);
    }
  }

  /** What counts once. */
  record NaturalKey(int classNumber, int lesson, Act act, int person) {}

  /** A device's statements for one class. */
  record Chain(int device, int classNumber) {}

  Lesson lesson(Tap tap) {
    return lessons.get(tap.lesson());
  }

  /** The people of a class. */
  List<Card> peopleOf(int classNumber) {
    int size = scenario.classes().people();
    return people.subList(classNumber * size, (classNumber + 1) * size);
  }

  boolean hasLostCard(int person) {
    return people.get(person).status() == Card.CardStatus.LOST;
  }

  @Override
  public String toString() {
    return "Plan of " + taps.size();
  }
}
