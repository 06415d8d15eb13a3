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
import org.skillvoucher.simulator.checker.JournalRow.Statement;
import org.skillvoucher.simulator.gateway.CannotConnect;
import org.skillvoucher.simulator.gateway.HttpAnswer;
import org.skillvoucher.simulator.gateway.HttpCall;
import org.skillvoucher.simulator.gateway.RetryingHttpClient;
import org.skillvoucher.simulator.gateway.UnexpectedAnswer;
import org.skillvoucher.simulator.keys.ReceiptKeys;

/**
 * What a gateway publishes to auditors: its receipt keys, and its journal, of which the next page
 * is fetched while the last is being looked at.
 */
public final class JournalExport {
  private static final int PAGE_ROWS = 1_000;
  private static final Duration HELD_BACK_PAUSE = Duration.ofMillis(200);
  private static final int HELD_BACK_PAUSES_MAX = 300;

  /** How far the clocks of a gateway's nodes are apart at most; Date counts whole seconds. */
  private static final Duration CLOCKS_APART_MAX = Duration.ofSeconds(2);

  private final RetryingHttpClient http;
  private final String api;
  private final String token;

  /**
   * The export of one gateway.
   *
   * @param api such as {@code http://127.0.0.1:8080}
   * @param token an auditor's, for everywhere
   */
  public JournalExport(RetryingHttpClient http, String api, String token) {
    this.http = http;
    this.api = api;
    this.token = token;
  }

  /**
   * One page.
   *
   * @param at the gateway's own time of the answer, where it tells it
   * @param lastWrittenAt when the last of its events was written; the beginning of time if it is
   *     empty
   */
  private record Page(
      List<JournalRow> rows,
      String nextCursor,
      boolean upToDate,
      Optional<Instant> at,
      Instant lastWrittenAt) {}

  /**
   * The certificates with which receipts are verified.
   *
   * @throws UnexpectedAnswer when there are none that hold
   */
  public ReceiptKeys keys() {
    HttpAnswer answer = successful(HttpCall.get(api + "/v1/keys"));
    try {
      return ReceiptKeys.read(new String(answer.body(), StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      throw new UnexpectedAnswer("the certificates do not hold: " + e.getMessage(), e);
    }
  }

  /**
   * The journal's end as it is now, for {@link #read}: what is written later comes behind it.
   *
   * @throws CannotConnect when the gateway does not answer
   * @throws UnexpectedAnswer when it answers otherwise than it should
   */
  public String end() {
    return page(successful(call("?from=end"))).nextCursor();
  }

  /**
   * Hands over all of the journal as it is now. While others still write, it ends with what was
   * written shortly after it began: transactions are shown in the order in which they began, so
   * that nothing acknowledged earlier can be missing then.
   *
   * @param from where to begin: what {@link #end} said, or nothing for the whole
   * @throws CannotConnect when the gateway does not answer, or shows the end of its journal to
   *     nobody because a transaction stays open
   * @throws UnexpectedAnswer when it answers otherwise than it should
   */
  public void read(Optional<String> from, Consumer<List<JournalRow>> each) {
    CompletableFuture<Page> next = fetch(from);
    Instant enough =
        nextPage(next).at().map(began -> began.plus(CLOCKS_APART_MAX)).orElse(Instant.MAX);
    int pauses = 0;
    while (true) {
      Page page = nextPage(next);
      if (page.upToDate() || page.lastWrittenAt().isAfter(enough)) {
        each.accept(page.rows());
        return;
      }
      pauses = page.rows().isEmpty() ? pauses + 1 : 0;
      if (pauses > HELD_BACK_PAUSES_MAX) {
        throw new CannotConnect("the end of the journal is held back by an open transaction");
      }
      if (pauses > 0) {
        http.rest(HELD_BACK_PAUSE);
      }
      next = fetch(Optional.of(page.nextCursor()));
      each.accept(page.rows());
    }
  }

  private static Page nextPage(CompletableFuture<Page> next) {
    try {
      return next.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw e;
    }
  }

  private CompletableFuture<Page> fetch(Optional<String> cursor) {
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

  private static Page page(HttpAnswer answer) {
    JsonNode json = answer.json();
    List<JournalRow> rows = new ArrayList<>();
    Instant written = Instant.EPOCH;
    for (JsonNode row : json.path("items")) {
      rows.add(row(row));
      written = OffsetDateTime.parse(row.path("writtenAt").asText()).toInstant();
    }
    return new Page(
        rows,
        json.path("nextCursor").asText(),
        json.path("upToDate").asBoolean(),
        at(answer),
        written);
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
                new Statement(
                    attendance.path("dev").asText(),
                    attendance.path("ep").asLong(),
                    attendance.path("ctr").asLong()))
            : Optional.empty());
  }
}
