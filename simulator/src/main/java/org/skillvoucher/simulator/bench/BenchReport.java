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

/** All that was measured; what was left out is absent. */
record BenchReport(
    List<Ratio.Found> ratios, Optional<CpuPerScan> cpu, Optional<Overload> overload) {

  /** Whether everything is what it must be. */
  boolean holds() {
    return ratios.stream().allMatch(Ratio.Found::holds)
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
                  Locale.ROOT, "Processor time at %,.0f accepted scans a second", perScan.scans()));
          screen.lines(perScan.table());
        });
    overload.ifPresent(
        twice -> {
          screen.chapter("Twice as many as can be served");
          screen.line(twice.text());
        });
  }

  List<String> table() {
    Table table = new Table("what", "ratio", "must be", "", "above the line /s", "below it /s");
    for (Ratio.Found one : ratios) {
      var bound = one.ratio().bound();
      table.row(
          one.ratio().what(),
          one.spread().text("%.2f"),
          bound.map(Ratio.Bound::text).orElse(""),
          bound.isEmpty() ? "" : one.holds() ? "✓" : "✗",
          Spread.of(one.over()).text("%,.0f"),
          Spread.of(one.under()).text("%,.0f"));
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
    overload.ifPresent(twice -> report.set("overload", twice.json()));
    return report;
  }
}
