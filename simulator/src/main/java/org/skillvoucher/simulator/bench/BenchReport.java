package org.skillvoucher.simulator.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.skillvoucher.simulator.report.Machine;
import org.skillvoucher.simulator.screen.Screen;
import org.skillvoucher.simulator.screen.Table;
import org.skillvoucher.simulator.wire.Json;

/** All results; parts that were not run are empty. */
record BenchReport(
    List<Ratio.MeasuredRatio> ratios, Optional<CpuPerScan> cpu, Optional<Overload> overload) {

  /** Whether every result is within its bound. */
  boolean holds() {
    return ratios.stream().allMatch(Ratio.MeasuredRatio::holds)
        && overload.map(Overload::holds).orElse(true);
  }

  void show(Screen screen) {
    if (!ratios.isEmpty()) {
      screen.chapter("Ratios: median (smallest–largest of the rounds)");
      screen.lines(table());
    }
    cpu.ifPresent(
        perScan -> {
          screen.chapter(
              String.format(
                  Locale.ROOT, "CPU time at %,.0f accepted scans per second", perScan.scans()));
          screen.lines(perScan.table());
        });
    overload.ifPresent(
        result -> {
          screen.chapter("Overload: twice the peak rate");
          screen.line(result.text());
        });
  }

  List<String> table() {
    Table table = new Table("what", "ratio", "must be", "", "numerator /s", "denominator /s");
    for (Ratio.MeasuredRatio measured : ratios) {
      var bound = measured.ratio().bound();
      table.row(
          measured.ratio().what(),
          measured.spread().text("%.2f"),
          bound.map(Ratio.Bound::text).orElse(""),
          bound.isEmpty() ? "" : measured.holds() ? "✓" : "✗",
          Spread.of(measured.over()).text("%,.0f"),
          Spread.of(measured.under()).text("%,.0f"));
    }
    return table.lines();
  }

  ObjectNode json() {
    Machine machine = Machine.here();
    ObjectNode report =
        Json.object()
            .put("at", Instant.now().toString())
            .put("processor", machine.processor())
            .put("cores", machine.cores())
            .put("memoryMegabytes", machine.memoryMegabytes())
            .put("system", machine.system())
            .put("java", machine.java())
            .put("holds", holds());
    ArrayNode all = report.putArray("ratios");
    ratios.forEach(ratio -> all.add(ratio.json()));
    cpu.ifPresent(perScan -> report.set("cpu", perScan.json()));
    overload.ifPresent(result -> report.set("overload", result.json()));
    return report;
  }
}
