package org.skillvoucher.simulator.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.receipt.ReceiptPayload;
import org.skillvoucher.domain.receipt.Suite;
import org.skillvoucher.simulator.gateway.UnexpectedAnswer;
import org.skillvoucher.simulator.keys.Sm3;
import org.skillvoucher.simulator.keys.TestKeys;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.wire.StubReply;
import org.skillvoucher.simulator.wire.StubServer.Route;

final class ReceiptCheckTest {
  private static final KeyPair KEY = TestKeys.pair();
  private static final String PUBLISHED = TestKeys.published(KEY);
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final List<ScanCounters.Receipt> receipts = chain(3, KEY);

  private static List<ScanCounters.Receipt> chain(int count, KeyPair key) {
    List<ScanCounters.Receipt> receipts = new ArrayList<>();
    String previous = ReceiptDraft.NO_PREVIOUS;
    for (int sequence = 1; sequence <= count; sequence++) {
      long at = TestKeys.FROM.toEpochMilli() + sequence;
      ReceiptDraft draft =
          new ReceiptDraft(
              "01J00000000000000000000000".substring(0, 25) + sequence,
              Act.IN,
              "C1/L1",
              sequence,
              previous,
              at,
              "s".repeat(43),
              at,
              "");
      receipts.add(
          new ScanCounters.Receipt(
              draft.id(), sequence, BASE64.encodeToString(TestKeys.seal(key, draft))));
      previous =
          BASE64.encodeToString(Sm3.hash(new ReceiptPayload(Suite.SM2, "gateway", draft).bytes()));
    }
    return receipts;
  }

  private static Route keys(String pem) {
    return StubbedDemo.route(
        "GET", "/v1/keys", new StubReply(200, Map.of(), pem.getBytes(US_ASCII)));
  }

  private static StubbedDemo publishing(Route... more) {
    Route[] routes = java.util.Arrays.copyOf(more, more.length + 1);
    routes[more.length] = keys(PUBLISHED);
    return new StubbedDemo(routes);
  }

  @Test
  void receiptsOfThePublishedKeyThatFormAChainAreValid() {
    try (StubbedDemo demo = publishing()) {
      assertEquals(3, ReceiptCheck.withPublishedKeys(demo.environment).verify(receipts));
      assertEquals(List.of(), demo.broken());
    }
  }

  @Test
  void aReceiptThatIsMissingInTheChainIsReported() {
    try (StubbedDemo demo = publishing()) {
      ReceiptCheck check = ReceiptCheck.withPublishedKeys(demo.environment);
      assertEquals(2, check.verify(List.of(receipts.getFirst(), receipts.getLast())));
      assertEquals(List.of("receipts chained without a gap (sq, ph)"), demo.broken());
    }
  }

  @Test
  void receiptsOfAKeyThatIsNotPublishedAreReported() {
    try (StubbedDemo demo = publishing()) {
      ReceiptCheck check = ReceiptCheck.withPublishedKeys(demo.environment);
      assertEquals(0, check.verify(chain(2, TestKeys.pair())));
      assertTrue(
          demo.broken().containsAll(List.of("receipt 1", "receipt 2")), demo.broken().toString());
    }
  }

  @Test
  void eachChangedByteOfAReceiptIsFound() {
    try (StubbedDemo demo = publishing()) {
      ReceiptCheck.withPublishedKeys(demo.environment).oneChangedByteIsFound(receipts.getFirst());
      assertEquals(List.of(), demo.broken());
      assertEquals(1, demo.environment.expect().checked());
    }
  }

  @Test
  void keysThatCannotBeReadOrAreRefusedEndTheDemo() {
    for (StubReply keys :
        List.of(
            StubReply.problem(404, "not_found", "no"),
            new StubReply(200, Map.of(), "no certificates".getBytes(US_ASCII)))) {
      try (StubbedDemo demo = new StubbedDemo(StubbedDemo.route("GET", "/v1/keys", keys))) {
        assertThrows(
            UnexpectedAnswer.class, () -> ReceiptCheck.withPublishedKeys(demo.environment));
      }
    }
  }

  private static ObjectNode page(List<ScanCounters.Receipt> receipts) {
    ObjectNode page = Json.object();
    var items = page.putArray("items");
    receipts.forEach(receipt -> items.addObject().put("receipt", receipt.record()));
    return page;
  }

  private StubbedDemo listing(byte[] raw) {
    return publishing(
        StubbedDemo.route(
            "GET",
            "/v1/receipts",
            page(receipts.subList(0, 2)).put("nextCursor", "a b"),
            page(receipts.subList(2, 3))),
        StubbedDemo.route(
            "GET", "/v1/receipts/" + receipts.getFirst().id(), new StubReply(200, Map.of(), raw)));
  }

  private byte[] raw(ScanCounters.Receipt receipt) {
    return Base64.getUrlDecoder().decode(receipt.record());
  }

  @Test
  void allPagesOfTheListAreReadAndARecordIsFetchedRaw() {
    try (StubbedDemo demo = listing(raw(receipts.getFirst()))) {
      ReceiptCheck.withPublishedKeys(demo.environment).areListed("C1", receipts);
      assertEquals(List.of(), demo.broken());
      assertEquals(2, demo.requests("/v1/receipts").size());
    }
  }

  @Test
  void anotherRawRecordIsReported() {
    try (StubbedDemo demo = listing(raw(receipts.getLast()))) {
      ReceiptCheck.withPublishedKeys(demo.environment).areListed("C1", receipts);
      assertEquals(
          List.of("GET /v1/receipts/{id} gives the raw record (octet-stream)"), demo.broken());
    }
  }

  @Test
  void receiptsAndCertificatesAreWrittenOneToAFile(@TempDir Path folder) throws Exception {
    try (StubbedDemo demo = publishing()) {
      ReceiptCheck.withPublishedKeys(demo.environment).write(folder, receipts);
    }
    for (ScanCounters.Receipt receipt : receipts) {
      assertArrayEquals(raw(receipt), Files.readAllBytes(folder.resolve(receipt.id() + ".vtr")));
    }
    for (String name : List.of("root.pem", "receipt.pem")) {
      String pem = Files.readString(folder.resolve("keys").resolve(name));
      assertTrue(PUBLISHED.replace("\r", "").contains(pem.strip().replace("\r", "")), name);
    }
  }
}
