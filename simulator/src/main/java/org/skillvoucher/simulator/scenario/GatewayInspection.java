package org.skillvoucher.simulator.scenario;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.receipt.ReceiptVerification;
import org.skillvoucher.domain.receipt.ReceiptVerifier;
import org.skillvoucher.simulator.gateway.ConcurrentCalls;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.gateway.HttpAnswer;
import org.skillvoucher.simulator.gateway.HttpCall;
import org.skillvoucher.simulator.gateway.Polling;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.gateway.UnexpectedAnswer;
import org.skillvoucher.simulator.keys.ReceiptKeys;
import org.skillvoucher.simulator.keys.Sm3;
import org.skillvoucher.simulator.scenario.GatewayState.Books;
import org.skillvoucher.simulator.scenario.GatewayState.ClassState;
import org.skillvoucher.simulator.scenario.GatewayState.Receipt;
import org.skillvoucher.simulator.scenario.ScenarioEnvironment.ClassOnFile;

/** Reads the gateway's final state: books, receipts, sheets. */
final class GatewayInspection {
  private static final Duration FOLLOWS_MAX = Duration.ofSeconds(60);

  /** Flags compare each tap with others, and are projected in one slice. */
  private static final Duration FLAGS_FOLLOW_MAX = Duration.ofMinutes(3);

  private final GatewayClient gateway;

  GatewayInspection(GatewayClient gateway) {
    this.gateway = gateway;
  }

  /** The books, once the read side has followed the journal or has had its time. */
  Books books() {
    return Polling.until(
        FOLLOWS_MAX,
        () -> {
          JsonNode audit = gateway.read(Role.AUDITOR, "/v1/audit");
          return new Books(
              audit.path("journalEvents").asLong(),
              audit.path("appliedEvents").asLong(),
              audit.path("differences").size());
        },
        books -> books.differences() == 0 && books.journalEvents() == books.appliedEvents());
  }

  /**
   * Open flags about missing statements, by device and class with the first counter missing; read
   * until they are as they should be, or have had their time.
   */
  SortedMap<String, Long> gapFlags(Map<String, Long> expected) {
    return Polling.until(FLAGS_FOLLOW_MAX, () -> openGapFlags(expected), expected::equals);
  }

  private SortedMap<String, Long> openGapFlags(Map<String, Long> expected) {
    SortedMap<String, Long> flags = new TreeMap<>();
    pages(
        "/v1/flags?kind=counter_gap&state=open&limit=200",
        page -> page.path("items").forEach(flag -> flag(flag, expected, flags)));
    return flags;
  }

  /** A flag names a range of counters; the missing one is in it. */
  private static void flag(
      JsonNode flag, Map<String, Long> expected, SortedMap<String, Long> flags) {
    String chain = flag.path("device").asText() + " in " + flag.path("classId").asText();
    long from = flag.path("facts").path("expected").asLong();
    long to = flag.path("facts").path("received").asLong();
    long missing = expected.getOrDefault(chain, 0L);
    flags.merge(chain, from <= missing && missing < to ? missing : from, Math::max);
  }

  List<ClassState> classes(List<ClassOnFile> classes) {
    ReceiptKeys keys = keys();
    return ConcurrentCalls.together(classes, played -> stateOf(played, keys));
  }

  private ReceiptKeys keys() {
    HttpAnswer answer = gateway.http().send(HttpCall.get(gateway.ready().api() + "/v1/keys"));
    if (!answer.isSuccess()) {
      throw new UnexpectedAnswer("GET /v1/keys was answered " + answer.verdict());
    }
    return ReceiptKeys.read(new String(answer.body(), US_ASCII));
  }

  private ClassState stateOf(ClassOnFile played, ReceiptKeys keys) {
    List<String> records = new ArrayList<>();
    pages(
        "/v1/receipts?limit=200&classId=" + played.id(),
        page -> page.path("items").forEach(item -> records.add(item.path("receipt").asText())));
    Map<String, String> sheet = new HashMap<>();
    List<Long> minutes = new ArrayList<>();
    pages(
        "/v1/classes/" + played.id() + "/sheet",
        page -> {
          minutes.add(page.path("minutesPlanned").asLong());
          page.path("lines").forEach(line -> sheet.put(line.path("person").asText(), line(line)));
        });
    return new ClassState(receipts(records, keys), minutes.getFirst(), sheet);
  }

  private void pages(String address, Consumer<JsonNode> reader) {
    Optional<String> cursor = Optional.of("");
    while (cursor.isPresent()) {
      String more =
          cursor.get().isEmpty() ? "" : "cursor=" + URLEncoder.encode(cursor.get(), UTF_8);
      String separator = more.isEmpty() ? "" : address.contains("?") ? "&" : "?";
      JsonNode page = gateway.read(Role.AUDITOR, address + separator + more);
      reader.accept(page);
      cursor = Optional.ofNullable(page.path("nextCursor").textValue());
    }
  }

  /** The numbers of a line in one text, as {@link Comparison#numbers} writes them. */
  static String line(JsonNode line) {
    return String.join(
        " ",
        line.path("lessonsAttended").asText(),
        line.path("lessonsIncomplete").asText(),
        line.path("late").asText(),
        line.path("minutesAttended").asText(),
        line.path("percent").asText(),
        line.path("completed").asText(),
        line.path("minutesTheory").asText(),
        line.path("minutesPractice").asText(),
        line.path("lessonsOffline").asText(),
        line.path("lessonsCorrected").asText(),
        line.path("captured").asText());
  }

  private static List<Receipt> receipts(List<String> records, ReceiptKeys keys) {
    List<Receipt> receipts = new ArrayList<>();
    String previous = ReceiptDraft.NO_PREVIOUS;
    for (String record : records) {
      ReceiptVerification verification =
          ReceiptVerifier.verify(Base64.getUrlDecoder().decode(record), keys);
      if (verification instanceof ReceiptVerification.Valid valid) {
        ReceiptDraft draft = valid.payload().draft();
        boolean chained =
            draft.sequence() == receipts.size() + 1 && draft.previousHash().equals(previous);
        receipts.add(
            new Receipt(
                record,
                true,
                chained,
                draft.device().map(ReceiptDraft.Device::statementHash).orElse("")));
        previous =
            Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Sm3.hash(valid.record().payload()));
      } else {
        receipts.add(new Receipt(record, false, false, ""));
      }
    }
    return receipts;
  }
}
