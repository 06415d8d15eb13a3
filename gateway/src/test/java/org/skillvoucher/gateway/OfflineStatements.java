package org.skillvoucher.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.skillvoucher.domain.receipt.Act;

/** Statements of devices while they are offline, and the reading of a batch's answers. */
final class OfflineStatements {
  private OfflineStatements() {}

  /** Everybody comes to and leaves every lesson, by turns on each of the devices. */
  static List<TestDevice.Tap> day(
      ClassOverHttp client, List<TestDevice> devices, String classId, int people, int lessons) {
    List<Trainee> trainees = Trainee.first(people);
    List<TestDevice.Tap> taps = new ArrayList<>();
    for (int lesson = 1; lesson <= lessons; lesson++) {
      for (Act act : List.of(Act.IN, Act.OUT)) {
        Instant from = client.lesson(lesson);
        Instant at = act == Act.IN ? from : from.plus(ClassOverHttp.LESSON_LENGTH);
        for (Trainee trainee : trainees) {
          at = at.plusSeconds(1);
          TestDevice device = devices.get(taps.size() % devices.size());
          taps.add(device.captured(trainee, new TestDevice.Place(classId, "L" + lesson, act, at)));
        }
      }
    }
    return taps;
  }

  /**
   * One member of every item's answer, in the order of the batch; empty text where it is absent.
   */
  static List<String> each(JsonNode answer, String member) {
    List<String> found = new ArrayList<>();
    answer.get("items").forEach(item -> found.add(item.path(member).asText()));
    return found;
  }

  /** The places for which something holds. */
  static <T> List<Integer> places(List<T> all, Predicate<T> which) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (which.test(all.get(i))) {
        places.add(i);
      }
    }
    return places;
  }

  /** The elements at these places. */
  static <T> List<T> at(List<T> all, List<Integer> places) {
    return places.stream().map(all::get).toList();
  }
}
