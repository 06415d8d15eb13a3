package org.skillvoucher.simulator.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * The answer to one attempt.
 *
 * @param status 0 where there was none
 * @param body as Latin-1: all members that are read are ASCII
 * @param retryAfterSeconds 0 without the header
 * @param code of the problem, or why there was no answer
 */
record StatementReply(int status, String body, int retryAfterSeconds, String code) {
  static StatementReply none(String code) {
    return new StatementReply(0, "", 0, code);
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

  /** The receipt record in base64url; empty without one. */
  String receipt() {
    return member(body, "receipt");
  }

  /** Whether the receipt is for the statement with this hash and not for an earlier one. */
  boolean hasReceiptFor(String statementHash) {
    return member(body, "dh").equals(statementHash);
  }

  /** The first string member of that name, which must not contain escapes; empty without one. */
  String text(String name) {
    return member(body, name);
  }

  private static String member(String json, String name) {
    String start = "\"" + name + "\":\"";
    int from = json.indexOf(start);
    if (from < 0) {
      return "";
    }
    int valueStart = from + start.length();
    int valueEnd = json.indexOf('"', valueStart);
    return valueEnd < 0 ? "" : json.substring(valueStart, valueEnd);
  }

  @Override
  public String toString() {
    return "StatementReply " + status + " " + code;
  }
}
