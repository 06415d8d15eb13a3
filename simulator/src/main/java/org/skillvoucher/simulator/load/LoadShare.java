package org.skillvoucher.simulator.load;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The share of a load that this process generates: each {@code of}-th class.
 *
 * @param number from 1 to {@code of}
 * @param of how many processes share the load
 */
public record LoadShare(int number, int of) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,3})/(\\d{1,3})");

  public static final LoadShare WHOLE = new LoadShare(1, 1);

  public LoadShare {
    if (number < 1 || number > of) {
      throw new IllegalArgumentException("a share is 1/N to N/N");
    }
  }

  /** Reads {@code K/N}; empty when it is none. */
  public static Optional<LoadShare> of(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int number = Integer.parseInt(matcher.group(1));
    int of = Integer.parseInt(matcher.group(2));
    return number < 1 || number > of ? Optional.empty() : Optional.of(new LoadShare(number, of));
  }

  boolean includes(int classNumber) {
    return classNumber % of == number - 1;
  }
}
