package org.skillvoucher.gateway;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One request and its answer, as a block of lines in a file:
 *
 * <pre>
 * ### what it shows
 * now 2026-03-02T01:00:00Z
 * as institution
 * &gt; POST /v1/classes
 * &gt; Content-Type: application/json
 * &gt;body {"a":1}
 * &lt; 201
 * &lt; Content-Type: application/json
 * &lt;body {"b":2}
 * </pre>
 *
 * <p>A body is one line with the escapes of Java; {@code >base64} holds one that is no text. Of
 * {@code as} the word {@code nobody} stands for no token, and a second word for the token itself.
 * {@code awaited} says that the read side may need a moment for this answer. Placeholders such as
 * {@code {receipt-1}} stand for what differs from run to run, {@code {fill-9}} for nine letters.
 *
 * @param now business time
 * @param as the caller's name, and for a device its token
 * @param request method and path, then headers and body
 * @param answer status, headers and body, with what varies hidden
 */
record RecordedExchange(
    String title,
    Instant now,
    String as,
    boolean awaited,
    List<String> request,
    List<String> answer) {
  static final String BODY = ">body ";
  static final String BASE64 = ">base64 ";
  private static final String TITLE = "### ";

  RecordedExchange answered(List<String> lines) {
    return new RecordedExchange(title, now, as, awaited, request, lines);
  }

  String method() {
    return request.getFirst().split(" ", -1)[1];
  }

  String path() {
    return request.getFirst().split(" ", -1)[2];
  }

  /** Name and value by turns. */
  List<String> headers() {
    List<String> headers = new ArrayList<>();
    for (String line : request.subList(1, request.size())) {
      if (line.startsWith("> ")) {
        int colon = line.indexOf(": ");
        headers.add(line.substring(2, colon));
        headers.add(line.substring(colon + 2));
      }
    }
    return headers;
  }

  Optional<String> line(String beginning) {
    return request.stream()
        .filter(line -> line.startsWith(beginning))
        .map(line -> line.substring(beginning.length()))
        .findFirst();
  }

  String text() {
    List<String> lines = new ArrayList<>(List.of(TITLE + title, "now " + now, "as " + as));
    if (awaited) {
      lines.add("awaited");
    }
    lines.addAll(request);
    lines.addAll(answer);
    return String.join("\n", lines) + "\n\n";
  }

  static List<RecordedExchange> parse(String text) {
    List<RecordedExchange> found = new ArrayList<>();
    for (String block : text.split("(?m)^" + TITLE, -1)) {
      if (!block.isBlank()) {
        found.add(ofLines(block.lines().filter(line -> !line.isEmpty()).toList()));
      }
    }
    return found;
  }

  private static RecordedExchange ofLines(List<String> lines) {
    return new RecordedExchange(
        lines.getFirst(),
        Instant.parse(lines.get(1).substring("now ".length())),
        lines.get(2).substring("as ".length()),
        lines.contains("awaited"),
        lines.stream().filter(line -> line.startsWith(">")).toList(),
        lines.stream().filter(line -> line.startsWith("<")).toList());
  }

  static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n");
  }

  /** What is wrong with an answer, line by line; empty when it is the recorded one. */
  String difference(List<String> actual) {
    StringBuilder told = new StringBuilder();
    for (int i = 0; i < Math.max(answer.size(), actual.size()); i++) {
      String old = i < answer.size() ? answer.get(i) : "";
      String other = i < actual.size() ? actual.get(i) : "";
      if (!old.equals(other)) {
        int at = firstDifference(old, other);
        told.append("\nline %d, from character %d:".formatted(i + 1, at + 1))
            .append("\n  recorded: ")
            .append(around(old, at))
            .append("\n  answered: ")
            .append(around(other, at));
      }
    }
    return told.isEmpty()
        ? ""
        : told.insert(0, title + "\n" + request.getFirst() + "\n")
            .append("\nwhole answer:\n")
            .append(String.join("\n", actual))
            .toString();
  }

  private static int firstDifference(String one, String other) {
    int at = 0;
    while (at < one.length() && at < other.length() && one.charAt(at) == other.charAt(at)) {
      at++;
    }
    return at;
  }

  private static String around(String line, int at) {
    int from = Math.max(0, at - 60);
    int until = Math.min(line.length(), at + 120);
    return (from > 0 ? "…" : "")
        + line.substring(Math.min(from, line.length()), until)
        + (until < line.length() ? "…" : "");
  }
}
