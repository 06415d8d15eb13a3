package org.skillvoucher.simulator.scenario;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the gateway says at the end, of each class and of its books.
 *
 * @param classes in the order of their numbers
 */
record Said(Ledger ledger, List<ClassSaid> classes, List<GapReport> gaps, Books books) {
  Said {
    classes = List.copyOf(classes);
    gaps = List.copyOf(gaps);
  }

  /**
   * Of one class.
   *
   * @param receipts in the order of their sequence
   * @param sheet by pseudonym, the numbers of a line as one text
   */
  record ClassSaid(List<Receipt> receipts, long minutesPlanned, Map<String, String> sheet) {
    ClassSaid {
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
   * Which gaps should be told of, and which were: by device and class, the first counter missing.
   *
   * @param when at which occasion
   */
  record GapReport(String when, SortedMap<String, Long> should, SortedMap<String, Long> told) {
    GapReport {
      should = new TreeMap<>(should);
      told = new TreeMap<>(told);
    }
  }

  /** The journal beside what follows it. */
  record Books(long journalEvents, long appliedEvents, int differences) {}
}
