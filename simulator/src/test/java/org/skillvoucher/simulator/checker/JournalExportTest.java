package org.skillvoucher.simulator.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.simulator.gateway.CannotConnect;
import org.skillvoucher.simulator.gateway.RetryingHttpClient;
import org.skillvoucher.simulator.gateway.UnexpectedAnswer;
import org.skillvoucher.simulator.history.HistoryWriter;
import org.skillvoucher.simulator.keys.TestKeys;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.wire.StubReply;
import org.skillvoucher.simulator.wire.StubServer;

/** A gateway's export over HTTP, with receipts sealed as the gateway seals them. */
final class JournalExportTest {
  private final KeyPair key = TestKeys.pair();
  private final String certificates = TestKeys.published(key);
  private final Queue<StubReply> pages = new ArrayDeque<>();
  private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
  private final List<String> credentials = Collections.synchronizedList(new ArrayList<>());
  private final StubServer server =
      StubServer.start(
          0,
          1_000,
          new StubServer.Route(
              "GET",
              "/v1/keys",
              request ->
                  new StubReply(200, Map.of(), certificates.getBytes(StandardCharsets.US_ASCII))),
          new StubServer.Route(
              "GET",
              "/v1/journal",
              request -> {
                credentials.add(request.required("Authorization"));
                return pages.size() > 1 ? pages.remove() : pages.element();
              }));
  private final RetryingHttpClient http = new RetryingHttpClient(pauses::add);
  private final JournalExport export = new JournalExport(http, server.url(), "secret");

  @AfterEach
  void close() {
    http.close();
    server.close();
  }

  private static String seal(KeyPair key, ReceiptDraft draft) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(TestKeys.seal(key, draft));
  }

  private HonestRun run() {
    return new HonestRun(11, draft -> seal(key, draft), TestKeys.FROM);
  }

  private static StubReply page(List<JournalRow> rows, boolean upToDate) {
    return page(rows, upToDate, "2026-03-02T09:00:00+08:00");
  }

  private static StubReply page(List<JournalRow> rows, boolean upToDate, String writtenAt) {
    ArrayNode items = Json.array();
    for (JournalRow row : rows) {
      ObjectNode item =
          items
              .addObject()
              .put("entity", row.entity())
              .put("sequence", row.sequence())
              .put("event", row.event())
              .put("writtenAt", writtenAt);
      row.attendance()
          .ifPresent(
              found -> {
                ObjectNode attendance =
                    item.putObject("attendance")
                        .put("receipt", found.receipt())
                        .put("person", found.person())
                        .put("lesson", found.lesson())
                        .put("act", found.act());
                found
                    .statement()
                    .ifPresent(
                        statement ->
                            attendance
                                .put("dev", statement.device())
                                .put("ep", statement.epoch())
                                .put("ctr", statement.counter()));
              });
    }
    ObjectNode body = Json.object().put("nextCursor", "c1").put("upToDate", upToDate);
    body.set("items", items);
    return new StubReply(200, Map.of("Date", "Mon, 2 Mar 2026 01:00:00 GMT"), Json.write(body));
  }

  private CheckReport check(HonestRun run, Path folder) throws IOException {
    Path history = folder.resolve("history.jsonl");
    try (HistoryWriter writer = HistoryWriter.begin(history)) {
      run.history.forEach(writer::put);
    }
    return Checker.check(export, Optional.empty(), List.of(history));
  }

  @Test
  void aRunWithRealSignaturesIsCheckedWithThePublishedKeys(@TempDir Path folder)
      throws IOException {
    HonestRun run = run();
    int half = run.journal.size() / 2;
    pages.add(page(run.journal.subList(0, half), false));
    pages.add(page(run.journal.subList(half, run.journal.size()), true));
    CheckReport report = check(run, folder);
    assertTrue(report.passed(), report::text);
    assertTrue(
        report.checks().getLast().compared() >= run.attendances().size(), "each was verified");
    assertEquals(List.of("Bearer secret", "Bearer secret"), credentials);
  }

  @Test
  void aReceiptOfAnotherKeyIsFound(@TempDir Path folder) throws IOException {
    HonestRun honest = run();
    KeyPair foreign = TestKeys.pair();
    HonestRun other = new HonestRun(11, draft -> seal(foreign, draft), TestKeys.FROM);
    pages.add(page(other.journal, true));
    assertEquals(List.of("C1", "C3", "C10"), HonestRun.failed(check(honest, folder)));
  }

  @Test
  void theEndIsACursor() {
    pages.add(page(List.of(), false));
    assertEquals("c1", export.end());
  }

  @Test
  void anEmptyPageBeforeTheEndIsPolledAgain() {
    pages.add(page(List.of(), false));
    pages.add(page(List.of(), false));
    pages.add(page(run().journal, true));
    List<JournalRow> rows = new ArrayList<>();
    export.read(Optional.empty(), rows::addAll);
    assertEquals(run().journal.size(), rows.size());
    assertEquals(2, pauses.size());
  }

  @Test
  void whileEventsAreWrittenItEndsWithThoseAfterTheCall() {
    List<JournalRow> all = run().journal;
    pages.add(page(all.subList(0, 5), false));
    pages.add(page(all.subList(5, 9), false, "2026-03-02T09:00:03+08:00"));
    pages.add(page(all.subList(9, 12), false, "2026-03-02T09:00:04+08:00"));
    List<JournalRow> rows = new ArrayList<>();
    export.read(Optional.empty(), rows::addAll);
    assertEquals(all.subList(0, 9), rows);
  }

  @Test
  void aJournalWhoseEndIsHeldBackForEverIsNotChecked() {
    pages.add(page(List.of(), false));
    assertThrows(CannotConnect.class, () -> export.read(Optional.empty(), rows -> {}));
  }

  @Test
  void aRefusedReadIsReported() {
    pages.add(StubReply.problem(403, "forbidden", "no"));
    UnexpectedAnswer ends =
        assertThrows(UnexpectedAnswer.class, () -> export.read(Optional.empty(), rows -> {}));
    assertTrue(String.valueOf(ends.getMessage()).contains("403 forbidden"), ends::toString);
  }
}
