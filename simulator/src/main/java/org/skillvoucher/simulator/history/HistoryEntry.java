package org.skillvoucher.simulator.history;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * One line of a history: the invocation of an operation or its outcome. Contains no personal data.
 *
 * @param client the client's number; the line's {@code i}
 * @param micros microseconds since the start of the run, by a monotonic clock; {@code t}
 * @param idem the {@code Idempotency-Key}, which is the statement's own hash ({@code dh} of its
 *     receipt), so that the journal's row of a statement is found by its key; any key for what no
 *     device signed
 * @param entity the class
 * @param device the device's name ({@code dev}), empty for what no device signed
 * @param counter its counter for this class ({@code ctr}), 0 for what no device signed
 * @param http the answer's status, 0 without an answer
 * @param receiptSha SHA-256 of the receipt record's bytes, lower-case hexadecimal, or empty
 * @param receipt the receipt record as it was received, base64url, or empty; {@code receiptB64}
 */
public record HistoryEntry(
    int client,
    long micros,
    Type type,
    String idem,
    String entity,
    String device,
    long counter,
    int http,
    String receiptSha,
    String receipt) {

  /** The operation status, as in Jepsen. */
  public enum Type {
    /** It is about to be sent. */
    INVOKE("invoke"),
    /** It was recorded: with its receipt, or (202) without one. */
    OK("ok"),
    /** It was refused: a 4xx. */
    FAIL("fail"),
    /** The outcome is unknown: no answer, or a 5xx. */
    INFO("info");

    private final String code;

    Type(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }

    /** The operation status of an HTTP status; 0 is no answer. */
    public static Type of(int http) {
      if (http >= 200 && http < 300) {
        return OK;
      }
      return http >= 400 && http < 500 ? FAIL : INFO;
    }
  }

  /** The invocation. */
  public static HistoryEntry invoke(
      int client, long micros, String idem, String entity, String device, long counter) {
    return new HistoryEntry(client, micros, Type.INVOKE, idem, entity, device, counter, 0, "", "");
  }

  /**
   * The outcome of this invocation.
   *
   * @param http 0 without an answer
   * @param receipt the receipt record in base64url, empty where there is none
   */
  public HistoryEntry answered(long micros, int http, String receipt) {
    return new HistoryEntry(
        client,
        micros,
        Type.of(http),
        idem,
        entity,
        device,
        counter,
        http,
        receipt.isEmpty() ? "" : sha(receipt),
        receipt);
  }

  /**
   * Identifies a receipt in a history: {@code receiptSha}.
   *
   * @param receipt the record in base64url
   * @throws IllegalArgumentException when it is no base64url
   */
  public static String sha(String receipt) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(Base64.getUrlDecoder().decode(receipt)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
