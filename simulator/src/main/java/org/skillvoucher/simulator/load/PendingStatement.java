package org.skillvoucher.simulator.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.skillvoucher.simulator.device.Statement;
import org.skillvoucher.simulator.history.Entry;

/**
 * One statement on its way, sent as often as it takes until its outcome is known. For one thread.
 */
final class PendingStatement {
  private final Tap tap;
  private final DeviceSession chain;
  private final Statement statement;
  private final String device;
  private final int worker;
  private final String body;
  private final long tappedMillis;
  private boolean asBatch;
  private boolean unknown;
  private int attempts;
  private long sentNanos;

  /**
   * @param lane by which number the history knows the device
   * @param tappedMillis business time in the statement
   */
  PendingStatement(
      Tap tap,
      DeviceSession chain,
      Statement statement,
      String device,
      int lane,
      long tappedMillis) {
    this.tap = tap;
    this.chain = chain;
    this.statement = statement;
    this.device = device;
    this.worker = lane;
    this.tappedMillis = tappedMillis;
    body = statement.json();
  }

  Tap tap() {
    return tap;
  }

  DeviceSession chain() {
    return chain;
  }

  Statement statement() {
    return statement;
  }

  /** Another attempt goes out. */
  Entry invokedAt(long micros) {
    return Entry.invoke(
        worker, micros, statement.hash(), statement.classId(), device, statement.counter());
  }

  /** What an attempt came to. */
  Entry answered(long micros, StatementReply reply, StatementOutcome verdict) {
    String receipt = verdict.type() == Entry.Type.OK ? reply.receipt() : "";
    return new Entry(
        worker,
        micros,
        verdict.type(),
        statement.hash(),
        statement.classId(),
        device,
        statement.counter(),
        reply.status(),
        receipt.isEmpty() ? "" : Entry.sha(receipt),
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

  /** The statement's hash names it in every attempt, so that the journal's row tells its key. */
  String key() {
    return asBatch ? "batch-" + statement.hash() + "-" + attempts : statement.hash();
  }

  /** From now on as one that was tapped without a line: its time is no longer near the present. */
  void becomeBatch() {
    asBatch = true;
  }

  boolean isBatch() {
    return asBatch;
  }

  void sent(long nanos) {
    attempts++;
    sentNanos = nanos;
  }

  int attempts() {
    return attempts;
  }

  long sentNanos() {
    return sentNanos;
  }

  /** Whether any attempt's outcome was unknown, so that it may be kept already. */
  boolean isUnknown() {
    return unknown;
  }

  void becomeUnknown() {
    unknown = true;
  }
}
