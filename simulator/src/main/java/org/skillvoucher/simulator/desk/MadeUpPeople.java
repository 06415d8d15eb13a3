package org.skillvoucher.simulator.desk;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.skillvoucher.simulator.platform.Card;

/** People who do not exist: region 99, and numbers with the right check character (GB 11643). */
public final class MadeUpPeople {
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String CHECKS = "10X98765432";
  private static final LocalDate ELDEST = LocalDate.of(1962, 1, 1);
  private static final int DAYS = 15_000;
  private static final List<String> SURNAMES =
      List.of("王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "欧阳", "𠮷");
  private static final List<String> GIVEN =
      List.of("秀英", "桂兰", "建国", "敏", "志强", "丽华", "海燕", "军", "晓明", "玉珍", "国栋", "慧");

  private MadeUpPeople() {}

  /** So many people, each with a number and a card of one's own. */
  public static List<Card> make(int count, String region, RandomGenerator random) {
    List<Card> people = new ArrayList<>();
    Set<String> numbers = new HashSet<>();
    while (people.size() < count) {
      String number = number(random);
      if (numbers.add(number)) {
        people.add(card(people.size() + 1, number, region, random));
      }
    }
    return people;
  }

  private static Card card(int index, String number, String region, RandomGenerator random) {
    return new Card(
        String.format(Locale.ROOT, "%sD156000005%016X", region, index),
        number,
        String.format(Locale.ROOT, "99%07d", index),
        SURNAMES.get(random.nextInt(SURNAMES.size())) + GIVEN.get(random.nextInt(GIVEN.size())),
        Card.CardStatus.ACTIVE);
  }

  private static String number(RandomGenerator random) {
    String first17 =
        "9901"
            + String.format(Locale.ROOT, "%02d", 1 + random.nextInt(80))
            + DateTimeFormatter.BASIC_ISO_DATE.format(ELDEST.plusDays(random.nextInt(DAYS)))
            + String.format(Locale.ROOT, "%03d", 1 + random.nextInt(998));
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += (first17.charAt(i) - '0') * WEIGHTS[i];
    }
    return first17 + CHECKS.charAt(sum % CHECKS.length());
  }
}
