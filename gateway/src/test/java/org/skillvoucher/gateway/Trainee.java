package org.skillvoucher.gateway;

import java.util.List;
import java.util.stream.IntStream;

/** A person with a card, as a reader reads it. Region 99 is not assigned. */
record Trainee(String number, String name) {
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

  /** The first ones of a fixed list. */
  static List<Trainee> first(int count) {
    return IntStream.range(0, count).mapToObj(Trainee::of).toList();
  }

  private static Trainee of(int n) {
    String first17 = "99010119900315%03d".formatted(n + 1);
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += (first17.charAt(i) - '0') * WEIGHTS[i];
    }
    // The first of them has a name whose first character lies beyond the basic plane.
    return new Trainee(
        first17 + "10X98765432".charAt(sum % 11), n == 0 ? "𠮷野" : "学员" + (char) ('一' + n));
  }

  /** Reader record (读卡记录): fields ended by a bar. */
  String card() {
    return "990100|%s|A00000001|990100D1560000050000000000000001|%s|||||||".formatted(number, name);
  }
}
