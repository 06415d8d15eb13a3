package org.skillvoucher.simulator.scenario;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.skillvoucher.simulator.screen.Screen;
import org.skillvoucher.simulator.screen.Table;
import org.skillvoucher.simulator.wire.Json;

/**
 * The end of a run.
 *
 * @param statements how many the devices made
 * @param items how many of them were in batches, each time counted
 * @param cut uploads that broke off
 */
record ScenarioReport(
    Scenario scenario,
    ComparisonFindings findings,
    int statements,
    long items,
    long batches,
    long cut,
    double seconds) {
  private static final int DIFFERENCES_SHOWN = 20;

  void show(Screen screen) {
    screen.chapter("What came of it 结果");
    screen.line(
        String.format(
            Locale.ROOT,
            "%,d statements by %d devices; %,d items in %d batches, %d of them cut off; %.1f s",
            statements,
            scenario.sites().devicesInAll(),
            items,
            batches,
            cut,
            seconds));
    Table table = new Table("what", "must be", "is", "");
    for (ComparisonFindings.Row row : findings.rows()) {
      table.row(row.what(), row.expected(), row.actual(), row.holds() ? "✓" : "✗");
    }
    screen.lines(table.lines());
    List<String> differences = findings.differences();
    differences.stream()
        .limit(DIFFERENCES_SHOWN)
        .forEach(difference -> screen.failed(difference, "no difference", "one"));
    if (differences.size() > DIFFERENCES_SHOWN) {
      screen.line("and " + (differences.size() - DIFFERENCES_SHOWN) + " more differences");
    }
    screen.line(
        findings.isEqual()
            ? "the gateway agrees with the expected outcome 与事实一致"
            : "the gateway differs from the expected outcome 与事实不一致");
  }

  ObjectNode json() {
    ObjectNode report =
        Json.object()
            .put("scenario", scenario.name())
            .put("seed", scenario.seed())
            .put("equal", findings.isEqual())
            .put("statements", statements)
            .put("items", items)
            .put("batches", batches)
            .put("batchesCut", cut)
            .put("seconds", Math.round(seconds * 10) / 10.0);
    ArrayNode rows = report.putArray("rows");
    for (ComparisonFindings.Row row : findings.rows()) {
      rows.addObject()
          .put("what", row.what())
          .put("expected", row.expected())
          .put("actual", row.actual())
          .put("holds", row.holds());
    }
    ArrayNode differences = report.putArray("differences");
    findings.differences().forEach(differences::add);
    return report;
  }
}
