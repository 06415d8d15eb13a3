package org.skillvoucher.simulator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.receipt.ReceiptPayload;
import org.skillvoucher.domain.receipt.ReceiptRecord;
import org.skillvoucher.domain.receipt.ReceiptVerification;
import org.skillvoucher.domain.receipt.ReceiptVerifier;
import org.skillvoucher.simulator.gateway.HttpAnswer;
import org.skillvoucher.simulator.gateway.HttpCall;
import org.skillvoucher.simulator.gateway.Polling;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.gateway.UnexpectedAnswer;
import org.skillvoucher.simulator.keys.ReceiptKeys;
import org.skillvoucher.simulator.keys.Sm3;
import org.skillvoucher.simulator.screen.Expectations;

/** Verifies receipts as a stranger would, offline, with nothing but the published certificates. */
final class ReceiptCheck {
  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", Pattern.DOTALL);

  private final DemoEnvironment environment;
  private final Expectations expect;
  private final ReceiptKeys keys;

  private ReceiptCheck(DemoEnvironment environment, ReceiptKeys keys) {
    this.environment = environment;
    expect = environment.expect();
    this.keys = keys;
  }

  /** Fetches the certificates, which are open to everyone. */
  static ReceiptCheck withPublishedKeys(DemoEnvironment environment) {
    HttpAnswer answer =
        environment
            .gateway()
            .http()
            .send(HttpCall.get(environment.gateway().ready().api() + "/v1/keys"));
    if (!answer.isSuccess()) {
      throw new UnexpectedAnswer("GET /v1/keys was answered " + answer.verdict());
    }
    try {
      return new ReceiptCheck(
          environment, ReceiptKeys.read(new String(answer.body(), StandardCharsets.US_ASCII)));
    } catch (IllegalArgumentException e) {
      throw new UnexpectedAnswer("the certificates do not hold: " + e.getMessage(), e);
    }
  }

  private static byte[] bytes(ScanCounters.Receipt receipt) {
    return Base64.getUrlDecoder().decode(receipt.record());
  }

  /** Verifies every receipt and the chain they form; returns how many are valid. */
  int verify(List<ScanCounters.Receipt> receipts) {
    List<ReceiptPayload> valid = new ArrayList<>();
    String previousHash = ReceiptDraft.NO_PREVIOUS;
    int chained = 0;
    for (ScanCounters.Receipt receipt : receipts) {
      switch (ReceiptVerifier.verify(bytes(receipt), keys)) {
        case ReceiptVerification.Valid(var payload, var record) -> {
          valid.add(payload);
          boolean follows =
              payload.draft().sequence() == valid.size()
                  && payload.draft().previousHash().equals(previousHash);
          chained += follows ? 1 : 0;
          previousHash = hash(record);
        }
        case ReceiptVerification.Invalid(var flaw) ->
            expect.quietly("receipt " + receipt.sequence(), "valid", "invalid: " + flaw.code());
      }
    }
    expect.equal(
        "receipts verified offline with the published certificates", receipts.size(), valid.size());
    expect.equal("receipts chained without a gap (sq, ph)", receipts.size(), chained);
    return valid.size();
  }

  private static String hash(ReceiptRecord record) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Sm3.hash(record.payload()));
  }

  /** One changed byte, wherever it is, must be found. */
  void oneChangedByteIsFound(ScanCounters.Receipt receipt) {
    byte[] whole = bytes(receipt);
    int found = 0;
    for (int i = 0; i < whole.length; i++) {
      byte[] altered = Arrays.copyOf(whole, whole.length);
      altered[i] ^= 1;
      found += ReceiptVerifier.verify(altered, keys) instanceof ReceiptVerification.Invalid ? 1 : 0;
    }
    expect.equal("a receipt with one byte changed is invalid, for each byte", whole.length, found);
  }

  /** The read model lists the same receipts, and gives one as the raw record. */
  void areListed(String classId, List<ScanCounters.Receipt> receipts) {
    List<String> handedOut = receipts.stream().map(ScanCounters.Receipt::record).toList();
    List<String> listed =
        Polling.until(
            java.time.Duration.ofSeconds(30),
            () -> list(classId),
            list -> list.size() >= handedOut.size());
    expect.equal(
        "GET /v1/receipts lists the same records",
        handedOut.size(),
        (int) listed.stream().filter(handedOut::contains).distinct().count());
    ScanCounters.Receipt first = receipts.getFirst();
    HttpAnswer raw =
        environment
            .gateway()
            .http()
            .send(
                environment
                    .gateway()
                    .getCall(Role.AUDITOR, "/v1/receipts/" + first.id())
                    .with("Accept", "application/octet-stream"));
    expect.equal(
        "GET /v1/receipts/{id} gives the raw record (octet-stream)",
        true,
        Arrays.equals(bytes(first), raw.body()),
        raw.body().length + " bytes");
  }

  private List<String> list(String classId) {
    List<String> records = new ArrayList<>();
    Optional<String> cursor = Optional.of("");
    while (cursor.isPresent()) {
      JsonNode page =
          environment
              .gateway()
              .read(
                  Role.AUDITOR,
                  "/v1/receipts?limit=200&classId="
                      + classId
                      + (cursor.get().isEmpty() ? "" : "&cursor=" + encoded(cursor.get())));
      page.path("items").forEach(item -> records.add(item.path("receipt").asText()));
      cursor = Optional.ofNullable(page.path("nextCursor").textValue());
    }
    return records;
  }

  private static String encoded(String cursor) {
    return java.net.URLEncoder.encode(cursor, StandardCharsets.UTF_8);
  }

  /** Writes each receipt as {@code <id>.vtr}, and the certificates one to a file below keys. */
  void write(Path folder, List<ScanCounters.Receipt> receipts) throws IOException {
    Path keysFolder = Files.createDirectories(folder.resolve("keys"));
    for (ScanCounters.Receipt receipt : receipts) {
      Files.write(folder.resolve(receipt.id() + ".vtr"), bytes(receipt));
    }
    int leaves = 0;
    Matcher certificate = CERTIFICATE.matcher(keys.pem());
    while (certificate.find()) {
      String pem = certificate.group() + "\n";
      String name;
      if (ReceiptKeys.isRoot(pem)) {
        name = "root.pem";
      } else {
        leaves++;
        name = leaves == 1 ? "receipt.pem" : "receipt-" + leaves + ".pem";
      }
      Files.writeString(keysFolder.resolve(name), pem);
    }
  }
}
