package org.skillvoucher.simulator.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.skillvoucher.simulator.report.Gauge;
import org.skillvoucher.simulator.report.Measured;
import org.skillvoucher.simulator.screen.Table;
import org.skillvoucher.simulator.wire.Json;

/**
 * Processor time of one accepted scan, everything counted that gateway and database did meanwhile.
 *
 * @param scans accepted a second
 * @param stages microseconds of the gateway's, which add up to all of it
 * @param postgres microseconds of all processes of the database
 */
record CpuPerScan(double scans, Map<CpuCategory, Double> stages, double postgres) {

  /**
   * Of a run and what was recorded in the same window.
   *
   * @throws IllegalArgumentException when nothing was accepted or recorded, or nobody looked at the
   *     processes
   */
  static CpuPerScan of(Measured run, FlightRecording recorded, Window window) {
    long accepted = Overload.sum(run, window);
    if (accepted == 0 || recorded.all().isZero()) {
      throw new IllegalArgumentException("no scan was accepted, or none was recorded");
    }
    double microsPerPercent = 1e4 * window.seconds() / accepted;
    double gateway = percent(run, Gauge.GATEWAY_CPU, window) * microsPerPercent;
    return new CpuPerScan(
        (double) accepted / window.seconds(),
        stages(recorded, gateway, accepted),
        percent(run, Gauge.POSTGRES_CPU, window) * microsPerPercent);
  }

  /** What no thread of Java's did is the JVM's; shares are spread over all of it instead. */
  private static Map<CpuCategory, Double> stages(
      FlightRecording recorded, double gateway, long accepted) {
    double sampled = micros(recorded.all()) / accepted;
    double scale = recorded.exact() ? 1 : gateway / sampled;
    Map<CpuCategory, Double> stages = new EnumMap<>(CpuCategory.class);
    recorded.stages().forEach((stage, time) -> stages.put(stage, scale * micros(time) / accepted));
    if (recorded.exact()) {
      stages.merge(CpuCategory.JVM, Math.max(0, gateway - sampled), Double::sum);
    }
    return stages;
  }

  private static double micros(Duration time) {
    return time.toNanos() / 1e3;
  }

  private static double percent(Measured run, Gauge gauge, Window window) {
    return run.usage().stream()
        .filter(usage -> window.has(usage.at()))
        .flatMap(usage -> Stream.ofNullable(usage.values().get(gauge)))
        .mapToDouble(Double::doubleValue)
        .average()
        .orElseThrow(() -> new IllegalArgumentException("nobody measured " + gauge.code()));
  }

  double gateway() {
    return stages.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  List<String> table() {
    Table table = new Table("where the time of a scan goes", "µs", "share");
    double all = gateway() + postgres;
    stages.entrySet().stream()
        .sorted(Map.Entry.<CpuCategory, Double>comparingByValue().reversed())
        .forEach(stage -> row(table, stage.getKey().title(), stage.getValue(), all));
    row(table, "gateway, all of it", gateway(), all);
    row(table, "PostgreSQL, all of it", postgres, all);
    row(table, "together", all, all);
    return table.lines();
  }

  private static void row(Table table, String what, double micros, double all) {
    table.row(what, Math.round(micros), Math.round(100 * micros / all) + " %");
  }

  ObjectNode json() {
    ObjectNode json = Json.object().put("scansPerSecond", rounded(scans));
    ObjectNode micros = json.putObject("microsPerScan");
    stages.forEach(
        (stage, time) -> micros.put(stage.name().toLowerCase(Locale.ROOT), rounded(time)));
    json.put("gatewayMicros", rounded(gateway())).put("postgresMicros", rounded(postgres));
    return json;
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
