package org.skillvoucher.simulator.history;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * One line of a history: a statement went out, or an answer to it is known. Holds no personal data.
 *
 * @param client the client's lane; the line's {@code i}
 * @param micros microseconds since the run began, by a clock that never goes back; {@code t}
 * @param idem the {@code Idempotency-Key}, which is the statement's own hash ({@code dh} of its
 *     receipt), so that the journal's row of a statement can be told from its key; for what no
 *     device signed, any key
 * @param entity the class
 * @param device the device's name ({@code dev}), empty for what no device signed
 * @param counter its counter for this class ({@code ctr}), 0 for what no device signed
 * @param http the answer's status, 0 where there was none
 * @param receiptSha SHA-256 of the receipt record's bytes, lower-case hexadecimal, or empty
 * @param receipt the receipt record as it was received, base64url, or empty; {@code receiptB64}
 */
public record Entry(
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

  /** What is known at that moment. */
  public enum Type {
    /** It is about to be sent. */
    INVOKE("invoke"),
    /** It was taken: with its receipt, or (202) kept without one. */
    OK("ok"),
    /** It was refused for good: a 4xx. */
    FAIL("fail"),
    /** Nobody knows: no answer, or a 5xx. */
    INFO("info");

    private final String code;

    Type(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }

    /** What an answer of this status means; 0 is none. */
    public static Type of(int http) {
      if (http >= 200 && http < 300) {
        return OK;
      }
      return http >= 400 && http < 500 ? FAIL : INFO;
    }
  }

  /** It is about to be sent. */
  public static Entry invoke(
      int lane, long micros, String idem, String entity, String device, long counter) {
    return new Entry(lane, micros, Type.INVOKE, idem, entity, device, counter, 0, "", "");
  }

  /**
   * The answer to it.
   *
   * @param http 0 where none came
   * @param receipt the receipt record in base64url, empty where there is none
   */
  public Entry answered(long micros, int http, String receipt) {
    return new Entry(
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
   * By what a receipt is known in a history.
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
