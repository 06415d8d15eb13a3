package org.skillvoucher.simulator.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.skillvoucher.simulator.wire.Json;

/**
 * The numbers of one demo.
 *
 * @param scansAccepted distinct receipts
 * @param scansReplayed answers with an earlier receipt
 * @param scansRefused by code
 * @param scansUnanswered answered 503 once, and settled by the same request sent again
 * @param seconds of the story, without the gateway's start
 */
record DemoSummary(
    int vouchersIssued,
    int scansAccepted,
    int scansReplayed,
    SortedMap<String, Integer> scansRefused,
    int scansUnanswered,
    int receiptsVerified,
    int evidenceDelivered,
    int evidenceAcknowledged,
    double seconds) {
  void write(Path file) throws IOException {
    ObjectNode numbers =
        Json.object()
            .put("vouchersIssued", vouchersIssued)
            .put("scansAccepted", scansAccepted)
            .put("scansReplayed", scansReplayed);
    ObjectNode refused = numbers.putObject("scansRefused");
    scansRefused.forEach(refused::put);
    numbers
        .put("scansUnanswered", scansUnanswered)
        .put("receiptsVerified", receiptsVerified)
        .put("evidenceDelivered", evidenceDelivered)
        .put("evidenceAcknowledged", evidenceAcknowledged)
        .put("seconds", Math.round(seconds * 1000) / 1000.0);
    Files.writeString(file, Json.pretty(numbers) + "\n");
  }
}
