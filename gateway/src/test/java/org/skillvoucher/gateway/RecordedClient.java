package org.skillvoucher.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;

/** Sends recorded requests and writes the answers down the way they are recorded. */
final class RecordedClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern FILL = Pattern.compile("\\{fill-(\\d+)}");

  /** Of the connection, not of the gateway. */
  private static final Set<String> PASSED_OVER =
      Set.of("date", "server", "content-length", "connection", "transfer-encoding");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final RecordedNode node;
  private final RecordedPlaceholders placeholders;
  private byte[] lastBody = {};

  RecordedClient(RecordedNode node, RecordedPlaceholders placeholders) {
    this.node = node;
    this.placeholders = placeholders;
  }

  /** The answer's lines; of an awaited one as soon as they are the recorded ones. */
  List<String> replay(RecordedExchange exchange) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<String> answer = send(exchange);
    while (exchange.awaited()
        && !answer.equals(exchange.answer())
        && System.nanoTime() < deadline) {
      LockSupport.parkNanos(Duration.ofMillis(30).toNanos());
      answer = send(exchange);
    }
    return answer;
  }

  List<String> send(RecordedExchange exchange) throws IOException, InterruptedException {
    node.now(exchange.now());
    var request =
        HttpRequest.newBuilder(URI.create(node.address(filled(exchange.path()))))
            .timeout(PATIENCE)
            .method(exchange.method(), HttpRequest.BodyPublishers.ofByteArray(body(exchange)));
    authorise(request, exchange.as());
    List<String> headers = exchange.headers();
    for (int i = 0; i < headers.size(); i += 2) {
      request.header(headers.get(i), filled(headers.get(i + 1)));
    }
    HttpResponse<byte[]> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    lastBody = response.body();
    return lines(exchange, response);
  }

  /** The body of the last answer, with nothing hidden. */
  JsonNode lastJson() throws IOException {
    return JSON.readTree(lastBody);
  }

  private static void authorise(HttpRequest.Builder request, String as) {
    String[] words = as.split(" ", -1);
    if (words.length == 2) {
      request.header("Authorization", "Bearer " + words[1]);
    } else if (RecordedNode.isCaller(as)) {
      request.header("Authorization", "Bearer " + RecordedNode.token(as));
    }
  }

  private byte[] body(RecordedExchange exchange) {
    return exchange
        .line(RecordedExchange.BASE64)
        .map(Base64.getDecoder()::decode)
        .orElseGet(
            () ->
                exchange
                    .line(RecordedExchange.BODY)
                    .map(text -> filled(text.translateEscapes()).getBytes(UTF_8))
                    .orElse(new byte[0]));
  }

  private String filled(String text) {
    return FILL.matcher(placeholders.fill(text))
        .replaceAll(fill -> "a".repeat(Integer.parseInt(fill.group(1))));
  }

  private List<String> lines(RecordedExchange exchange, HttpResponse<byte[]> response)
      throws IOException {
    String type = response.headers().firstValue("Content-Type").orElse("");
    List<String> lines = new ArrayList<>(List.of("< " + response.statusCode()));
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!PASSED_OVER.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> lines.add("< " + name + ": " + value));
              }
            });
    List<String> shown =
        type.contains("json") ? placeholders.learn(exchange.path(), lastJson()) : List.of();
    lines.addAll(bodyLines(exchange.path(), type, response.body()));
    lines.addAll(shown);
    return lines.stream().map(placeholders::hide).toList();
  }

  private static List<String> bodyLines(String path, String type, byte[] body) throws IOException {
    if (type.contains("spreadsheetml")) {
      return cells(body);
    }
    if (type.startsWith("application/octet-stream")) {
      return List.of("<base64url " + RecordedNode.base64url(body));
    }
    if (path.startsWith("/docs/swagger-ui")) {
      return List.of("<body of a library");
    }
    if (type.contains("yaml") || path.startsWith("/docs")) {
      return List.of("<sha256 " + sha256(body) + " of " + body.length + " bytes");
    }
    if (path.endsWith("/metrics")) {
      return List.of("<body of metrics");
    }
    return List.of("<body " + RecordedExchange.escaped(new String(body, UTF_8)));
  }

  private static List<String> cells(byte[] xlsx) throws IOException {
    List<String> lines = new ArrayList<>();
    try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(xlsx))) {
      for (var sheet : workbook.getSheets().toList()) {
        lines.add("<sheet " + sheet.getName());
        for (Row row : sheet.read()) {
          lines.add("<row " + RecordedExchange.escaped(cells(row)));
        }
      }
    }
    return lines;
  }

  private static String cells(Row row) {
    return IntStream.range(0, row.getCellCount())
        .mapToObj(
            i ->
                row.getOptionalCell(i)
                    .map(cell -> cell.getType() + " " + cell.getText())
                    .orElse(""))
        .collect(Collectors.joining(" | "));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
