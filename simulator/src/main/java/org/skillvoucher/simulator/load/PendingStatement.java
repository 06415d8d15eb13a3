package org.skillvoucher.simulator.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.skillvoucher.simulator.device.Statement;
import org.skillvoucher.simulator.history.HistoryEntry;

/** An in-flight statement, sent until its outcome is known. Not thread-safe. */
final class PendingStatement {
  private final Arrival arrival;
  private final DeviceSession session;
  private final Statement statement;
  private final String device;
  private final int client;
  private final String body;
  private final long tappedMillis;
  private boolean asBatch;
  private boolean outcomeUnknown;
  private int attempts;
  private long sentNanos;

  /**
   * @param client the device's number in the history
   * @param tappedMillis business time in the statement
   */
  PendingStatement(
      Arrival tap,
      DeviceSession session,
      Statement statement,
      String device,
      int client,
      long tappedMillis) {
    this.arrival = tap;
    this.session = session;
    this.statement = statement;
    this.device = device;
    this.client = client;
    this.tappedMillis = tappedMillis;
    body = statement.json();
  }

  Arrival arrival() {
    return arrival;
  }

  DeviceSession session() {
    return session;
  }

  Statement statement() {
    return statement;
  }

  /** The history's entry of an attempt that is about to be sent. */
  HistoryEntry invokeEntry(long micros) {
    return HistoryEntry.invoke(
        client, micros, statement.hash(), statement.classId(), device, statement.counter());
  }

  /** The history's entry of an attempt's outcome. */
  HistoryEntry outcomeEntry(long micros, StatementReply reply, StatementOutcome outcome) {
    String receipt = outcome.type() == HistoryEntry.Type.OK ? reply.receipt() : "";
    return new HistoryEntry(
        client,
        micros,
        outcome.type(),
        statement.hash(),
        statement.classId(),
        device,
        statement.counter(),
        reply.status(),
        receipt.isEmpty() ? "" : HistoryEntry.sha(receipt),
        receipt);
  }

  long tappedMillis() {
    return tappedMillis;
  }

  /** The address below the API's. */
  String path() {
    return asBatch ? "/v1/statement-batches" : "/v1/classes/" + statement.classId() + "/scans";
  }

  byte[] body() {
    return (asBatch ? "{\"items\":[" + body + "]}" : body).getBytes(UTF_8);
  }

  /** The statement's hash in every online attempt, so that the checker finds the journal's row. */
  String key() {
    return asBatch ? "batch-" + statement.hash() + "-" + attempts : statement.hash();
  }

  /** Sends it as an offline statement from now on: its tap time is too old for an online one. */
  void sendAsBatch() {
    asBatch = true;
  }

  boolean isBatch() {
    return asBatch;
  }

  void markSent(long nanos) {
    attempts++;
    sentNanos = nanos;
  }

  int attempts() {
    return attempts;
  }

  long sentNanos() {
    return sentNanos;
  }

  /** Whether any attempt's outcome was unknown, so that it may be recorded already. */
  boolean isOutcomeUnknown() {
    return outcomeUnknown;
  }

  void markOutcomeUnknown() {
    outcomeUnknown = true;
  }
}
