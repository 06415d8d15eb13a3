package org.skillvoucher.gateway.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One item of an Accept or Accept-Language header. What cannot be read is passed over: such a
 * header is a wish, and a misspelt wish is no reason to refuse a scan.
 *
 * @param quality 0 (never) to 1
 */
record AcceptHeader(String value, double quality) {

  static List<AcceptHeader> list(String header) {
    List<AcceptHeader> wishes = new ArrayList<>();
    for (String item : header.split(",", -1)) {
      String[] parts = item.split(";", -1);
      String value = parts[0].trim();
      if (!value.isEmpty()) {
        wishes.add(new AcceptHeader(value, quality(parts)));
      }
    }
    return wishes;
  }

  /** The offer a caller likes best; the first of equals, and empty when none will do. */
  static Optional<String> best(String accept, List<String> offered) {
    List<AcceptHeader> wishes = list(accept);
    if (wishes.isEmpty()) {
      return Optional.of(offered.getFirst());
    }
    Optional<String> best = Optional.empty();
    double bestQuality = 0;
    for (String offer : offered) {
      double quality = qualityOf(offer, wishes);
      if (quality > bestQuality) {
        best = Optional.of(offer);
        bestQuality = quality;
      }
    }
    return best;
  }

  /** The most specific range that matches decides (RFC 9110, 12.5.1). */
  private static double qualityOf(String offer, List<AcceptHeader> wishes) {
    String type = offer.substring(0, offer.indexOf('/') + 1);
    int bestRank = 0;
    double quality = 0;
    for (AcceptHeader wish : wishes) {
      String range = wish.value().toLowerCase(Locale.ROOT);
      int rank =
          range.equals(offer) ? 3 : range.equals(type + "*") ? 2 : range.equals("*/*") ? 1 : 0;
      if (rank > bestRank) {
        bestRank = rank;
        quality = wish.quality();
      }
    }
    return quality;
  }

  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].trim().toLowerCase(Locale.ROOT);
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
