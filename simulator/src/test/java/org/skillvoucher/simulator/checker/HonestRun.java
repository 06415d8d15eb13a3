package org.skillvoucher.simulator.checker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.simulator.checker.HonestClass.AcceptedTap;
import org.skillvoucher.simulator.checker.JournalRow.StatementId;
import org.skillvoucher.simulator.history.HistoryEntry;

/** A seeded run of an honest gateway: its journal, and its clients' history. */
final class HonestRun {
  private static final FastSeal SEAL = new FastSeal("the gateway's");
  private static final int CLASSES = 3;
  private static final int PEOPLE = 7;
  private static final int LESSONS = 2;

  final List<JournalRow> journal = new ArrayList<>();
  final List<HistoryEntry> history = new ArrayList<>();
  final List<HonestClass> classes;
  final Random random;
  private final Set<String> present = new HashSet<>();
  private final long[] counters = new long[CLASSES];
  private long micros;
  private int statements;

  HonestRun(long seed) {
    this(seed, SEAL::seal, Instant.EPOCH);
  }

  HonestRun(long seed, Function<ReceiptDraft, String> seal, Instant from) {
    random = new Random(seed);
    classes =
        IntStream.range(0, CLASSES).mapToObj(n -> new HonestClass("C" + n, seal, from)).toList();
    for (HonestClass book : classes) {
      journal.add(book.event("class.filed/1"));
      journal.add(book.event("class.opened/1"));
    }
    journal.add(new JournalRow("voucher|V1", 1, "voucher.issued/1", Optional.empty()));
    for (int lesson = 0; lesson < LESSONS; lesson++) {
      for (Act act : List.of(Act.IN, Act.OUT)) {
        for (int person = 0; person < PEOPLE; person++) {
          for (int n = 0; n < CLASSES; n++) {
            play(n, "P" + person, "L" + lesson, act);
          }
        }
      }
    }
  }

  long later() {
    micros += 1 + random.nextInt(500);
    return micros;
  }

  /** The next statement of the class's device, not yet sent. */
  AcceptedTap tap(int n, String person, String lesson, Act act) {
    statements++;
    String hash = "%043d".formatted(statements);
    boolean phone = random.nextInt(12) == 0;
    return new AcceptedTap(
        person,
        lesson,
        act,
        phone ? Optional.empty() : Optional.of(new StatementId("D" + n + "-1", 1, counters[n] + 1)),
        hash,
        !phone && random.nextInt(10) == 0);
  }

  HistoryEntry invoke(int n, AcceptedTap tap) {
    HistoryEntry sent =
        HistoryEntry.invoke(
            n,
            later(),
            tap.hash(),
            classes.get(n).id,
            tap.statement().map(StatementId::device).orElse(""),
            tap.statement().map(StatementId::counter).orElse(0L));
    history.add(sent);
    return sent;
  }

  void answer(HistoryEntry sent, int http, String receipt) {
    history.add(sent.answered(later(), http, receipt));
  }

  /** Records it in the journal, as the gateway does when it accepts. */
  String append(int n, AcceptedTap tap) {
    JournalRow row = classes.get(n).append(tap);
    journal.add(row);
    counters[n] = Math.max(counters[n], tap.statement().map(StatementId::counter).orElse(0L));
    return receiptOf(row);
  }

  static String receiptOf(JournalRow row) {
    return row.attendance().orElseThrow().receipt();
  }

  private void play(int n, String person, String lesson, Act act) {
    String in = classes.get(n).id + person + lesson;
    if (act == Act.OUT && !present.contains(in)) {
      answer(invoke(n, tap(n, person, lesson, act)), 409, "");
      return;
    }
    AcceptedTap tap = tap(n, person, lesson, act);
    HistoryEntry sent = invoke(n, tap);
    switch (random.nextInt(10)) {
      case 0 -> { // refused
        answer(sent, 409, "");
        return;
      }
      case 1 -> { // lost before it was recorded, and refused when sent again
        answer(sent, 0, "");
        answer(invoke(n, tap), 409, "");
        return;
      }
      case 2 -> { // recorded, but the answer was lost
        String receipt = append(n, tap);
        answer(sent, random.nextBoolean() ? 0 : 503, "");
        answer(invoke(n, tap), 200, receipt);
      }
      case 3 -> { // not recorded by the first attempt
        answer(sent, 503, "");
        HistoryEntry again = invoke(n, tap);
        answer(again, 201, append(n, tap));
      }
      case 4 -> { // one more tap of the same person, who is in already
        String receipt = append(n, tap);
        answer(sent, 201, receipt);
        answer(invoke(n, tap(n, person, lesson, act)), 200, receipt);
      }
      case 5 -> { // refused, then accepted when sent again
        answer(sent, 409, "");
        HistoryEntry again = invoke(n, tap);
        answer(again, 201, append(n, tap));
        journal.add(classes.get(n).event("class.device_noted/1"));
      }
      default -> answer(sent, 201, append(n, tap));
    }
    if (act == Act.IN) {
      present.add(in);
    }
  }

  /** The journal's indexes of attendances. */
  List<Integer> attendances() {
    return IntStream.range(0, journal.size())
        .filter(i -> journal.get(i).isAttendance())
        .boxed()
        .toList();
  }

  /** One of them at random. */
  int anyAttendance() {
    List<Integer> all = attendances();
    return all.get(random.nextInt(all.size()));
  }

  /** The ids of the checks with violations. */
  static List<String> failed(CheckReport report) {
    return report.checks().stream()
        .filter(result -> !result.passed())
        .map(CheckResult::id)
        .toList();
  }

  CheckReport check() {
    return check(0);
  }

  /** Of the journal from that row on. */
  CheckReport check(int first) {
    Checker checker = new Checker(SEAL, first > 0);
    for (int from = first; from < journal.size(); from += 10) {
      checker.journal(journal.subList(from, Math.min(from + 10, journal.size())));
    }
    checker.history(history);
    return checker.check();
  }
}
