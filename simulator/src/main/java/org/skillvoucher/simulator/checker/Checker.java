package org.skillvoucher.simulator.checker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.skillvoucher.domain.receipt.KeyRing;
import org.skillvoucher.simulator.history.Entry;
import org.skillvoucher.simulator.history.HistoryReader;

/**
 * Judges a run. The whole journal is taken first, page by page and in its order, then the histories
 * one after the other; then there is a verdict. Knows nobody but the public receipt keys.
 */
public final class Checker {
  private final KeyRing keys;
  private final CheckFindings signed =
      new CheckFindings("C10", "every receipt was sealed by the gateway and is unchanged (回执签名有效)");
  private final JournalChecks journal;
  private final HistoryChecks histories;

  /**
   * Judges what clients of a gateway were told by what it publishes.
   *
   * @param since {@link JournalExport#end} before the first of them began; empty for all there is
   * @throws IOException when a history cannot be read
   */
  public static Verdict verdict(JournalExport export, Optional<String> since, List<Path> histories)
      throws IOException {
    Checker checker = new Checker(export.keys(), since.isPresent());
    export.read(since, checker::journal);
    for (Path history : histories) {
      checker.history(history);
    }
    return checker.verdict();
  }

  /**
   * With the keys which the gateway publishes.
   *
   * @param partial whether there are rows before those which will be handed over
   */
  public Checker(KeyRing keys, boolean partial) {
    this.keys = keys;
    journal = new JournalChecks(signed, partial);
    histories = new HistoryChecks(journal, signed, keys);
  }

  /** The next rows of the journal. Their signatures are verified on all cores. */
  public void journal(List<JournalRow> rows) {
    List<Optional<Examined>> examined =
        rows.parallelStream()
            .map(row -> row.attendance().map(found -> Examined.of(found.receipt(), keys)))
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
  public void history(List<Entry> entries) {
    histories.nextHistory();
    entries.forEach(histories::entry);
  }

  public Verdict verdict() {
    return new Verdict(
        Stream.concat(
                histories.checks().stream(),
                Stream.of(journal.chain(), journal.once(), signed.check()))
            .sorted(Comparator.comparingInt(check -> Integer.parseInt(check.id().substring(1))))
            .toList());
  }
}
