package org.skillvoucher.simulator.scenario;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.receipt.ReceiptPayload;
import org.skillvoucher.domain.receipt.Suite;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.gateway.ReadyFile;
import org.skillvoucher.simulator.gateway.RetryingHttpClient;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.gateway.UnexpectedAnswer;
import org.skillvoucher.simulator.keys.Sm3;
import org.skillvoucher.simulator.keys.TestKeys;
import org.skillvoucher.simulator.scenario.GatewayState.Books;
import org.skillvoucher.simulator.scenario.GatewayState.ClassState;
import org.skillvoucher.simulator.scenario.GatewayState.Receipt;
import org.skillvoucher.simulator.scenario.ScenarioEnvironment.ClassOnFile;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.wire.StubReply;
import org.skillvoucher.simulator.wire.StubServer;
import org.skillvoucher.simulator.wire.StubServer.Route;

final class GatewayInspectionTest {
  private static final KeyPair KEY = TestKeys.pair();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /** The answers to come of each path; the last one is given again and again. */
  private final Map<String, List<ObjectNode>> pages = Collections.synchronizedMap(new TreeMap<>());

  private StubReply keys = new StubReply(200, Map.of(), TestKeys.published(KEY).getBytes(US_ASCII));
  private final AtomicInteger reads = new AtomicInteger();
  private final StubServer server =
      StubServer.start(
          0,
          1_000,
          new Route("GET", "/v1/keys", request -> keys),
          paged("/v1/audit"),
          paged("/v1/flags"),
          paged("/v1/receipts"),
          paged("/v1/classes/C1/sheet"));
  private final RetryingHttpClient http = new RetryingHttpClient(time -> {});
  private final GatewayInspection inspection;

  GatewayInspectionTest() {
    Map<Role, String> tokens = new EnumMap<>(Role.class);
    tokens.put(Role.AUDITOR, "auditor");
    inspection =
        new GatewayInspection(
            new GatewayClient(http, new ReadyFile(server.url(), server.url(), "", tokens), "test"));
  }

  @AfterEach
  void close() {
    http.close();
    server.close();
  }

  private Route paged(String path) {
    return new Route(
        "GET",
        path,
        request -> {
          reads.incrementAndGet();
          List<ObjectNode> all = pages.getOrDefault(path, List.of());
          return StubReply.json(200, all.size() > 1 ? all.removeFirst() : all.getFirst());
        });
  }

  private void pages(String path, ObjectNode... answers) {
    pages.put(path, Collections.synchronizedList(new ArrayList<>(List.of(answers))));
  }

  private static ObjectNode audit(long journal, long applied, int differences) {
    ObjectNode audit = Json.object().put("journalEvents", journal).put("appliedEvents", applied);
    for (int i = 0; i < differences; i++) {
      audit.withArray("/differences").addObject();
    }
    return audit;
  }

  @Test
  void booksAreReadUntilTheReadSideHasCaughtUp() {
    pages("/v1/audit", audit(9, 7, 0), audit(9, 9, 1), audit(9, 9, 0));
    assertEquals(new Books(9, 9, 0), inspection.books());
    assertEquals(3, reads.get());
  }

  private static ObjectNode flags(String device, long expected, long received) {
    ObjectNode page = Json.object();
    ObjectNode flag = page.putArray("items").addObject().put("device", device);
    flag.put("classId", "C1")
        .putObject("facts")
        .put("expected", expected)
        .put("received", received);
    return page;
  }

  @Test
  void openFlagsOfAllPagesAreReadUntilTheyAreAsExpected() {
    TreeMap<String, Long> should = new TreeMap<>(Map.of("D1 in C1", 5L, "D2 in C1", 2L));
    pages(
        "/v1/flags",
        flags("D1", 3, 8),
        flags("D1", 3, 8).put("nextCursor", "next page"),
        flags("D2", 2, 3));
    assertEquals(should, inspection.gapFlags(should));
    assertEquals(3, reads.get());
  }

  private static String record(long sequence, String previous, String hash) {
    return BASE64.encodeToString(TestKeys.seal(KEY, draft(sequence, previous, hash)));
  }

  private static ReceiptDraft draft(long sequence, String previous, String hash) {
    long at = TestKeys.FROM.toEpochMilli() + sequence;
    return new ReceiptDraft(
        "01J0000000000000000000000" + sequence,
        Act.IN,
        "C1/L1",
        sequence,
        previous,
        at,
        "s".repeat(43),
        ReceiptDraft.Tap.online(at),
        "",
        Optional.of(new ReceiptDraft.Device("D1", sequence, hash)));
  }

  private static String hash(ReceiptDraft draft) {
    return BASE64.encodeToString(Sm3.hash(new ReceiptPayload(Suite.SM2, "gateway", draft).bytes()));
  }

  private static ObjectNode receipts(String... records) {
    ObjectNode page = Json.object();
    page.putArray("items");
    for (String record : records) {
      page.withArray("/items").addObject().put("receipt", record);
    }
    return page;
  }

  private static ObjectNode sheet(String person, int attended) {
    ObjectNode page = Json.object().put("minutesPlanned", 150);
    page.putArray("lines")
        .addObject()
        .put("person", person)
        .put("lessonsAttended", attended)
        .put("lessonsIncomplete", 0)
        .put("late", 0)
        .put("minutesAttended", 150)
        .put("percent", 100)
        .put("completed", true)
        .put("minutesTheory", 150)
        .put("minutesPractice", 0)
        .put("lessonsOffline", 1)
        .put("lessonsCorrected", 0)
        .put("captured", 0);
    return page;
  }

  private ClassState stateOfC1() {
    return inspection.classes(List.of(new ClassOnFile(0, "C1", List.of()))).getFirst();
  }

  @Test
  void receiptsAndSheetsOfAllPagesAreRead() {
    String first = record(1, ReceiptDraft.NO_PREVIOUS, "h1");
    String second = record(2, hash(draft(1, ReceiptDraft.NO_PREVIOUS, "h1")), "h2");
    pages("/v1/receipts", receipts(first).put("nextCursor", "a&b"), receipts(second));
    pages("/v1/classes/C1/sheet", sheet("p1", 1).put("nextCursor", "c"), sheet("p2", 0));
    assertEquals(
        new ClassState(
            List.of(new Receipt(first, true, true, "h1"), new Receipt(second, true, true, "h2")),
            150,
            Map.of(
                "p1", "1 0 0 150 100 true 150 0 1 0 0",
                "p2", "0 0 0 150 100 true 150 0 1 0 0")),
        stateOfC1());
  }

  @Test
  void aReceiptThatDoesNotFollowOrDoesNotVerifyIsMarked() {
    String first = record(1, ReceiptDraft.NO_PREVIOUS, "h1");
    String third = record(3, hash(draft(1, ReceiptDraft.NO_PREVIOUS, "h1")), "h3");
    byte[] forged = Base64.getUrlDecoder().decode(first);
    forged[forged.length - 1] ^= 1;
    pages("/v1/receipts", receipts(first, third, BASE64.encodeToString(forged)));
    pages("/v1/classes/C1/sheet", sheet("p1", 1));
    List<Receipt> read = stateOfC1().receipts();
    assertEquals(List.of(true, false, false), read.stream().map(Receipt::chained).toList());
    assertEquals(List.of(true, true, false), read.stream().map(Receipt::verified).toList());
    assertFalse(read.getLast().record().equals(first));
  }

  @Test
  void keysThatAreRefusedEndTheRun() {
    keys = StubReply.problem(404, "not_found", "no");
    assertThrows(UnexpectedAnswer.class, this::stateOfC1);
  }
}
