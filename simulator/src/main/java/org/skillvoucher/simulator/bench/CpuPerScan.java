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
 * CPU time per accepted scan, including all background work of gateway and database.
 *
 * @param scans accepted per second
 * @param categories microseconds of the gateway; their sum is all of its CPU time
 * @param postgres microseconds of all PostgreSQL processes
 */
record CpuPerScan(double scans, Map<CpuCategory, Double> categories, double postgres) {

  /**
   * Of a run and the recording of the same window.
   *
   * @throws IllegalArgumentException when nothing was accepted or recorded, or the processes' usage
   *     was not sampled
   */
  static CpuPerScan of(Measured run, FlightRecording recorded, MeasurementWindow window) {
    long accepted = Overload.acceptedCount(run, window);
    if (accepted == 0 || recorded.all().isZero()) {
      throw new IllegalArgumentException("no scan was accepted, or none was recorded");
    }
    double microsPerPercent = 1e4 * window.seconds() / accepted;
    double gateway = percent(run, Gauge.GATEWAY_CPU, window) * microsPerPercent;
    return new CpuPerScan(
        (double) accepted / window.seconds(),
        categories(recorded, gateway, accepted),
        percent(run, Gauge.POSTGRES_CPU, window) * microsPerPercent);
  }

  /** CPU time of no Java thread is the JVM's; a recording of mere shares is scaled instead. */
  private static Map<CpuCategory, Double> categories(
      FlightRecording recorded, double gateway, long accepted) {
    double sampled = micros(recorded.all()) / accepted;
    double scale = recorded.exact() ? 1 : gateway / sampled;
    Map<CpuCategory, Double> result = new EnumMap<>(CpuCategory.class);
    recorded
        .categories()
        .forEach((category, time) -> result.put(category, scale * micros(time) / accepted));
    if (recorded.exact()) {
      result.merge(CpuCategory.JVM, Math.max(0, gateway - sampled), Double::sum);
    }
    return result;
  }

  private static double micros(Duration time) {
    return time.toNanos() / 1e3;
  }

  private static double percent(Measured run, Gauge gauge, MeasurementWindow window) {
    return run.usage().stream()
        .filter(usage -> window.contains(usage.at()))
        .flatMap(usage -> Stream.ofNullable(usage.values().get(gauge)))
        .mapToDouble(Double::doubleValue)
        .average()
        .orElseThrow(() -> new IllegalArgumentException("not measured: " + gauge.code()));
  }

  double gateway() {
    return categories.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  List<String> table() {
    Table table = new Table("CPU time of a scan", "µs", "share");
    double total = gateway() + postgres;
    categories.entrySet().stream()
        .sorted(Map.Entry.<CpuCategory, Double>comparingByValue().reversed())
        .forEach(entry -> row(table, entry.getKey().title(), entry.getValue(), total));
    row(table, "gateway, total", gateway(), total);
    row(table, "PostgreSQL, total", postgres, total);
    row(table, "together", total, total);
    return table.lines();
  }

  private static void row(Table table, String what, double micros, double total) {
    table.row(what, Math.round(micros), Math.round(100 * micros / total) + " %");
  }

  ObjectNode json() {
    ObjectNode json = Json.object().put("scansPerSecond", rounded(scans));
    ObjectNode micros = json.putObject("microsPerScan");
    categories.forEach(
        (category, time) -> micros.put(category.name().toLowerCase(Locale.ROOT), rounded(time)));
    json.put("gatewayMicros", rounded(gateway())).put("postgresMicros", rounded(postgres));
    return json;
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
