package org.skillvoucher.simulator.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * What came back for a statement.
 *
 * @param status 0 where nothing did
 * @param body as Latin-1: what is looked for in it is ASCII
 * @param retryAfterSeconds 0 where none is said
 * @param code of the problem, or how it broke off
 */
record StatementReply(int status, String body, int retryAfterSeconds, String code) {
  static StatementReply none(String why) {
    return new StatementReply(0, "", 0, why);
  }

  static StatementReply of(int status, byte[] body, int retryAfterSeconds) {
    String text = new String(body, ISO_8859_1);
    String code = member(text, "code");
    return new StatementReply(
        status,
        text,
        retryAfterSeconds,
        code.isEmpty() ? (status < 300 ? "ok" : "http_" + status) : code);
  }

  /** The receipt record in base64url; empty when there is none. */
  String receipt() {
    return member(body, "receipt");
  }

  /** Whether the receipt is of the statement with this hash, and no earlier one. */
  boolean isOf(String statementHash) {
    return member(body, "dh").equals(statementHash);
  }

  /** The first text member of that name, which has no escapes in it; empty when there is none. */
  String text(String name) {
    return member(body, name);
  }

  private static String member(String json, String name) {
    String start = "\"" + name + "\":\"";
    int from = json.indexOf(start);
    if (from < 0) {
      return "";
    }
    int begins = from + start.length();
    int ends = json.indexOf('"', begins);
    return ends < 0 ? "" : json.substring(begins, ends);
  }

  @Override
  public String toString() {
    return "Reply " + status + " " + code;
  }
}
