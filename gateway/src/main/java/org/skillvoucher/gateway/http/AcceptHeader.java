package org.skillvoucher.gateway.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One media range of an Accept header. Not Pekko HTTP's model of it, which drops the whole header
 * when one range cannot be parsed, so that a caller who accepts none of our types would get one.
 *
 * @param range in lower case
 * @param quality 0 (never) to 1
 */
record AcceptHeader(String range, double quality) {

  /**
   * Content negotiation (RFC 9110, 12.5.1).
   *
   * @param offered media types, the preferred first
   * @return the offer of the highest quality, the first of equals; empty when none is acceptable
   */
  static Optional<String> best(String accept, List<String> offered) {
    List<AcceptHeader> accepted = parse(accept);
    if (accepted.isEmpty()) {
      return Optional.of(offered.getFirst());
    }
    Optional<String> best = Optional.empty();
    double bestQuality = 0;
    for (String offer : offered) {
      double quality = qualityOf(offer, accepted);
      if (quality > bestQuality) {
        best = Optional.of(offer);
        bestQuality = quality;
      }
    }
    return best;
  }

  private static List<AcceptHeader> parse(String header) {
    List<AcceptHeader> accepted = new ArrayList<>();
    for (String item : header.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = item.split(";", -1);
      String range = parts[0].trim();
      if (!range.isEmpty()) {
        accepted.add(new AcceptHeader(range, quality(parts)));
      }
    }
    return accepted;
  }

  /** The most specific range that matches decides. */
  private static double qualityOf(String offer, List<AcceptHeader> accepted) {
    String type = offer.substring(0, offer.indexOf('/') + 1);
    int bestRank = 0;
    double quality = 0;
    for (AcceptHeader one : accepted) {
      String range = one.range();
      int rank =
          range.equals(offer) ? 3 : range.equals(type + "*") ? 2 : range.equals("*/*") ? 1 : 0;
      if (rank > bestRank) {
        bestRank = rank;
        quality = one.quality();
      }
    }
    return quality;
  }

  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].trim();
      if (parameter.startsWith("q=")) {
        return number(parameter.substring(2));
      }
    }
    return 1;
  }

  private static double number(String text) {
    try {
      return Math.clamp(Double.parseDouble(text), 0, 1);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
