package org.skillvoucher.simulator.checker;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.skillvoucher.simulator.checker.JournalRow.Attendance;
import org.skillvoucher.simulator.checker.JournalRow.StatementId;
import org.skillvoucher.simulator.gateway.CannotConnect;
import org.skillvoucher.simulator.gateway.HttpAnswer;
import org.skillvoucher.simulator.gateway.HttpCall;
import org.skillvoucher.simulator.gateway.RetryingHttpClient;
import org.skillvoucher.simulator.gateway.UnexpectedAnswer;
import org.skillvoucher.simulator.keys.ReceiptKeys;

/**
 * What a gateway publishes to auditors: its receipt keys, and its journal, of which the next page
 * is fetched while the last is checked.
 */
public final class JournalExport {
  private static final int PAGE_ROWS = 1_000;
  private static final Duration EMPTY_PAGE_PAUSE = Duration.ofMillis(200);
  private static final int EMPTY_PAGES_MAX = 300;

  /** How far the clocks of a gateway's nodes are apart at most; Date counts whole seconds. */
  private static final Duration CLOCKS_APART_MAX = Duration.ofSeconds(2);

  private final RetryingHttpClient http;
  private final String api;
  private final String token;

  /**
   * The export of one gateway.
   *
   * @param api for example {@code http://127.0.0.1:8080}
   * @param token of an auditor of all regions
   */
  public JournalExport(RetryingHttpClient http, String api, String token) {
    this.http = http;
    this.api = api;
    this.token = token;
  }

  /**
   * One page.
   *
   * @param at the gateway's own time of the answer, if it has a Date
   * @param lastWrittenAt when the last of its events was written; the epoch if it is empty
   */
  private record JournalPage(
      List<JournalRow> rows,
      String nextCursor,
      boolean upToDate,
      Optional<Instant> at,
      Instant lastWrittenAt) {}

  /**
   * The certificates with which receipts are verified.
   *
   * @throws UnexpectedAnswer when they are not valid
   */
  public ReceiptKeys keys() {
    HttpAnswer answer = successful(HttpCall.get(api + "/v1/keys"));
    try {
      return ReceiptKeys.read(new String(answer.body(), StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      throw new UnexpectedAnswer("the certificates are not valid: " + e.getMessage(), e);
    }
  }

  /**
   * The current end of the journal, for {@link #read}: later events are after it.
   *
   * @throws CannotConnect when the gateway does not answer
   * @throws UnexpectedAnswer when the answer is not the expected one
   */
  public String end() {
    return page(successful(call("?from=end"))).nextCursor();
  }

  /**
   * Reads the journal to its current end. While events are still being written, it ends with those
   * written shortly after the call: the export shows transactions in the order in which they began
   * (low watermark), so that nothing acknowledged before the call can be missing.
   *
   * @param from a result of {@link #end}; empty for the whole journal
   * @throws CannotConnect when the gateway does not answer, or an open transaction holds back the
   *     end of the journal
   * @throws UnexpectedAnswer when the answer is not the expected one
   */
  public void read(Optional<String> from, Consumer<List<JournalRow>> each) {
    CompletableFuture<JournalPage> next = fetch(from);
    Instant endAfter =
        nextPage(next).at().map(started -> started.plus(CLOCKS_APART_MAX)).orElse(Instant.MAX);
    int emptyPages = 0;
    while (true) {
      JournalPage page = nextPage(next);
      if (page.upToDate() || page.lastWrittenAt().isAfter(endAfter)) {
        each.accept(page.rows());
        return;
      }
      emptyPages = page.rows().isEmpty() ? emptyPages + 1 : 0;
      if (emptyPages > EMPTY_PAGES_MAX) {
        throw new CannotConnect("the end of the journal is held back by an open transaction");
      }
      if (emptyPages > 0) {
        http.rest(EMPTY_PAGE_PAUSE);
      }
      next = fetch(Optional.of(page.nextCursor()));
      each.accept(page.rows());
    }
  }

  private static JournalPage nextPage(CompletableFuture<JournalPage> next) {
    try {
      return next.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private CompletableFuture<JournalPage> fetch(Optional<String> cursor) {
    HttpCall call =
        call("?limit=" + PAGE_ROWS + cursor.map(place -> "&cursor=" + place).orElse(""));
    return CompletableFuture.supplyAsync(
        () -> page(successful(call)), task -> Thread.ofVirtual().start(task));
  }

  private HttpCall call(String query) {
    return HttpCall.get(api + "/v1/journal" + query).with("Authorization", "Bearer " + token);
  }

  private HttpAnswer successful(HttpCall call) {
    HttpAnswer answer = http.send(call);
    if (!answer.isSuccess()) {
      throw new UnexpectedAnswer(call + " was answered " + answer.verdict());
    }
    return answer;
  }

  private static JournalPage page(HttpAnswer answer) {
    JsonNode json = answer.json();
    List<JournalRow> rows = new ArrayList<>();
    Instant lastWrittenAt = Instant.EPOCH;
    for (JsonNode row : json.path("items")) {
      rows.add(row(row));
      lastWrittenAt = OffsetDateTime.parse(row.path("writtenAt").asText()).toInstant();
    }
    return new JournalPage(
        rows,
        json.path("nextCursor").asText(),
        json.path("upToDate").asBoolean(),
        at(answer),
        lastWrittenAt);
  }

  /** RFC 9110, Date. */
  private static Optional<Instant> at(HttpAnswer answer) {
    return answer
        .header("Date")
        .map(date -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
  }

  private static JournalRow row(JsonNode row) {
    return new JournalRow(
        row.path("entity").asText(),
        row.path("sequence").asLong(),
        row.path("event").asText(),
        Optional.of(row.path("attendance"))
            .filter(JsonNode::isObject)
            .map(JournalExport::attendance));
  }

  private static Attendance attendance(JsonNode attendance) {
    return new Attendance(
        attendance.path("receipt").asText(),
        attendance.path("person").asText(),
        attendance.path("lesson").asText(),
        attendance.path("act").asText(),
        attendance.has("dev")
            ? Optional.of(
                new StatementId(
                    attendance.path("dev").asText(),
                    attendance.path("ep").asLong(),
                    attendance.path("ctr").asLong()))
            : Optional.empty());
  }
}
