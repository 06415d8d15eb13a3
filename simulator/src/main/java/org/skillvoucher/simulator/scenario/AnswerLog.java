package org.skillvoucher.simulator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skillvoucher.simulator.device.Statement;

/** What the gateway answered to each tap's statement, in every answer that came. */
final class AnswerLog {
  private static final Set<String> RECORDED = Set.of("attended", "replayed");

  private final List<Entry> entries = new ArrayList<>();

  AnswerLog(int taps) {
    for (int i = 0; i < taps; i++) {
      entries.add(new Entry());
    }
  }

  /** One tap's. */
  static final class Entry {
    private Optional<Statement> statement = Optional.empty();
    private final Set<String> receipts = new LinkedHashSet<>();
    private final Set<String> outcomes = new LinkedHashSet<>();
    private String last = "";
    private int attended;
    private long expected;

    /** The last outcome; a refusal with its code, for example {@code refused card_status}. */
    synchronized String last() {
      return last;
    }

    /** Every outcome there was. */
    synchronized Set<String> outcomes() {
      return Set.copyOf(outcomes);
    }

    /** How many answers reported it as newly recorded. */
    synchronized int attended() {
      return attended;
    }

    synchronized Set<String> receipts() {
      return Set.copyOf(receipts);
    }

    synchronized Optional<Statement> statement() {
      return statement;
    }

    /** The counter that was reported missing. */
    synchronized long expected() {
      return expected;
    }

    synchronized boolean isRecorded() {
      return RECORDED.contains(last);
    }

    /** Whether the device need not send it again. */
    synchronized boolean isSettled() {
      return isRecorded()
          || last.equals("repeated")
          || last.equals("fork")
          || last.startsWith("refused")
          || last.equals("captured never");
    }

    synchronized void made(Statement made) {
      statement = Optional.of(made);
    }

    synchronized void answered(String outcome, Optional<String> receipt) {
      // A late answer to an earlier try does not unsettle what is settled.
      if (!isSettled() || !isPassing(outcome)) {
        last = outcome;
      }
      outcomes.add(outcome);
      receipt.ifPresent(receipts::add);
      attended += outcome.equals("attended") ? 1 : 0;
    }

    private static boolean isPassing(String outcome) {
      return outcome.startsWith("captured") || outcome.equals("gap") || outcome.equals("try_again");
    }

    /** An item of a batch's answer. */
    synchronized void answered(JsonNode item) {
      String outcome = item.path("outcome").asText("none");
      String code = item.path("code").asText("");
      boolean coded = outcome.equals("refused") || outcome.equals("captured");
      expected = item.path("expected").asLong(expected);
      answered(
          coded ? outcome + " " + word(outcome, code) : outcome,
          Optional.ofNullable(item.path("receipt").textValue()));
    }

    private static String word(String outcome, String code) {
      return outcome.equals("captured") && !code.equals("never") ? "later" : code;
    }
  }

  Entry of(Plan.Tap tap) {
    return entries.get(tap.number());
  }
}
