package org.skillvoucher.simulator.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.simulator.gateway.HttpAnswer;
import org.skillvoucher.simulator.wire.Json;

final class ScanCountersTest {
  private final ScanCounters tally = new ScanCounters();

  private static HttpAnswer answer(int status, String body, boolean replay) {
    return new HttpAnswer(
        status,
        HttpHeaders.of(
            replay ? Map.of("Idempotent-Replay", List.of("true")) : Map.of(), (a, b) -> true),
        body.getBytes(UTF_8));
  }

  private static String receipt(String id, int sequence) {
    return "{\"receipt\":\"AQ%s\",\"payload\":{\"id\":\"%s\",\"sq\":%d}}"
        .formatted(id, id, sequence);
  }

  @Test
  void aReplayOfAKnownReceiptIsNoSecondReceipt() {
    tally.count(answer(201, receipt("A", 1), false));
    tally.count(answer(200, receipt("A", 1), true));
    assertEquals(1, tally.accepted());
    assertEquals(1, tally.replayed());
  }

  @Test
  void aReplayOfAReceiptNotSeenBeforeIsTheReceipt() {
    tally.count(answer(503, "{\"code\":\"try_again\"}", false));
    tally.count(answer(200, receipt("A", 1), true));
    assertEquals(1, tally.accepted());
    assertEquals(0, tally.replayed());
    assertEquals(1, tally.unanswered());
  }

  @Test
  void refusalsAreCountedByCode() {
    tally.count(answer(403, "{\"code\":\"not_enrolled\"}", false));
    tally.count(answer(403, "{\"code\":\"not_enrolled\"}", false));
    tally.count(answer(409, "no json", false));
    assertEquals(Map.of("not_enrolled", 2, "http_409", 1), tally.refused());
  }

  @Test
  void receiptsComeInTheOrderOfTheirSequence() {
    tally.count(answer(201, receipt("B", 2), false));
    tally.count(answer(201, receipt("A", 1), false));
    assertEquals(
        List.of("A", "B"), tally.receipts().stream().map(ScanCounters.Receipt::id).toList());
  }

  @Test
  void theNumbersAreWrittenByTheirNames(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("demo.json");
    new DemoSummary(48, 377, 2, new TreeMap<>(Map.of("not_enrolled", 2)), 1, 377, 1, 1, 4.25)
        .write(file);
    assertEquals(
        Json.read(
            """
            {"vouchersIssued":48,"scansAccepted":377,"scansReplayed":2,
             "scansRefused":{"not_enrolled":2},"scansUnanswered":1,"receiptsVerified":377,
             "evidenceDelivered":1,"evidenceAcknowledged":1,"seconds":4.25}
            """
                .getBytes(UTF_8)),
        Json.read(Files.readAllBytes(file)));
  }
}
