package org.skillvoucher.simulator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.skillvoucher.simulator.gateway.HttpAnswer;
import org.skillvoucher.simulator.wire.Json;

/** Counts the outcomes of scans, from the answers alone. */
final class ScanCounters {
  /**
   * A receipt as it was handed out.
   *
   * @param record base64url of R1
   */
  record Receipt(String id, long sequence, String record) {}

  private final Map<String, Receipt> receipts = new HashMap<>();
  private final SortedMap<String, Integer> refused = new TreeMap<>();
  private int replayed;
  private int unanswered;

  synchronized void count(HttpAnswer answer) {
    if (answer.isSuccess()) {
      JsonNode body = answer.json();
      JsonNode payload = body.path("payload");
      Receipt receipt =
          new Receipt(
              Json.text(payload, "id"), payload.path("sq").asLong(), Json.text(body, "receipt"));
      // A replay of a receipt not yet seen is the late answer to a scan whose first answer was
      // lost.
      if (receipts.putIfAbsent(receipt.id(), receipt) != null && answer.isReplay()) {
        replayed++;
      }
    } else if (answer.status() == 503) {
      unanswered++;
    } else {
      refused.merge(answer.code(), 1, Integer::sum);
    }
  }

  /** Distinct receipts, in the order of the class's chain. */
  synchronized List<Receipt> receipts() {
    List<Receipt> sorted = new ArrayList<>(receipts.values());
    sorted.sort(Comparator.comparingLong(Receipt::sequence));
    return sorted;
  }

  synchronized int accepted() {
    return receipts.size();
  }

  synchronized int replayed() {
    return replayed;
  }

  /** Scans answered 503, whose outcome is unknown: neither accepted nor refused. */
  synchronized int unanswered() {
    return unanswered;
  }

  synchronized SortedMap<String, Integer> refused() {
    return new TreeMap<>(refused);
  }
}
