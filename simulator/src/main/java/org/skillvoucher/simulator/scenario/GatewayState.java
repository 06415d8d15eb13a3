package org.skillvoucher.simulator.scenario;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The state that the gateway reports at the end, of each class and of its books.
 *
 * @param classes in the order of their numbers
 */
record GatewayState(
    AnswerLog answers, List<ClassState> classes, List<GapReport> gaps, Books books) {
  GatewayState {
    classes = List.copyOf(classes);
    gaps = List.copyOf(gaps);
  }

  /**
   * Of one class.
   *
   * @param receipts in the order of their sequence
   * @param sheet by pseudonym, the numbers of a line as one text
   */
  record ClassState(List<Receipt> receipts, long minutesPlanned, Map<String, String> sheet) {
    ClassState {
      receipts = List.copyOf(receipts);
      sheet = Map.copyOf(sheet);
    }
  }

  /**
   * A receipt as it is listed.
   *
   * @param record base64url of R1
   * @param verified whether it verifies with the published certificates
   * @param chained whether it follows the one before it, without a gap
   * @param statementHash {@code dh}
   */
  record Receipt(String record, boolean verified, boolean chained, String statementHash) {}

  /**
   * The gaps expected and those reported: by device and class, the first missing counter.
   *
   * @param when at which occasion
   */
  record GapReport(
      String when, SortedMap<String, Long> expected, SortedMap<String, Long> reported) {
    GapReport {
      expected = new TreeMap<>(expected);
      reported = new TreeMap<>(reported);
    }
  }

  /** The journal beside what follows it. */
  record Books(long journalEvents, long appliedEvents, int differences) {}
}
