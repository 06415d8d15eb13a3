package org.skillvoucher.simulator.checker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.skillvoucher.domain.receipt.KeyRing;
import org.skillvoucher.simulator.history.HistoryEntry;
import org.skillvoucher.simulator.history.HistoryReader;

/**
 * Checks a run. Takes the whole journal first, page by page and in its order, then the histories
 * one after the other; then {@link #check()} returns the report. Trusts the public receipt keys
 * only.
 */
public final class Checker {
  private final KeyRing keys;
  private final CheckFindings signed =
      new CheckFindings("C10", "every receipt was sealed by the gateway and is unchanged (回执签名有效)");
  private final JournalChecks journal;
  private final HistoryChecks histories;

  /**
   * Checks histories of clients against the journal that the gateway publishes.
   *
   * @param since {@link JournalExport#end} before the first client started; empty for the whole
   *     journal
   * @throws IOException when a history cannot be read
   */
  public static CheckReport check(
      JournalExport export, Optional<String> since, List<Path> histories) throws IOException {
    Checker checker = new Checker(export.keys(), since.isPresent());
    export.read(since, checker::journal);
    for (Path history : histories) {
      checker.history(history);
    }
    return checker.check();
  }

  /**
   * @param keys the gateway's published receipt keys
   * @param partial whether the journal has rows before those that will be passed
   */
  public Checker(KeyRing keys, boolean partial) {
    this.keys = keys;
    journal = new JournalChecks(signed, partial);
    histories = new HistoryChecks(journal, signed, keys);
  }

  /** The next rows of the journal. Their signatures are verified on all cores. */
  public void journal(List<JournalRow> rows) {
    List<Optional<ExaminedReceipt>> examined =
        rows.parallelStream()
            .map(row -> row.attendance().map(found -> ExaminedReceipt.of(found.receipt(), keys)))
            .toList();
    for (int i = 0; i < rows.size(); i++) {
      journal.row(rows.get(i), examined.get(i));
    }
  }

  /**
   * One client's history.
   *
   * @throws org.skillvoucher.simulator.history.HistoryInvalid when it cannot be read
   */
  public void history(Path file) throws IOException {
    histories.nextHistory();
    HistoryReader.read(file, histories::entry);
  }

  /** One client's history, in its order. */
  public void history(List<HistoryEntry> entries) {
    histories.nextHistory();
    entries.forEach(histories::entry);
  }

  public CheckReport check() {
    return new CheckReport(
        Stream.concat(
                histories.checks().stream(),
                Stream.of(journal.chain(), journal.once(), signed.result()))
            .sorted(Comparator.comparingInt(check -> Integer.parseInt(check.id().substring(1))))
            .toList());
  }
}
