package org.skillvoucher.simulator.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;
import org.skillvoucher.simulator.report.Chart.Bound;
import org.skillvoucher.simulator.report.Chart.Series;
import org.skillvoucher.simulator.report.Measured.Second;

/** Which pictures a run has. */
final class Charts {
  private static final int CODES_MAX = 5;
  private static final String OTHERS = "others";

  private final Measured measured;
  private final TimeAxis time;

  Charts(Measured measured) {
    this.measured = measured;
    time = TimeAxis.of(measured);
  }

  /** In the order in which one asks; what was not measured has none. */
  List<Tag> figures() {
    List<Chart> charts = new ArrayList<>();
    if (!measured.seconds().isEmpty()) {
      charts.add(throughput());
      charts.add(delay());
      if (!codes().isEmpty()) {
        charts.add(errors());
      }
      charts.add(backlog());
    }
    gauges(charts, "Processor", "处理器", "cores 核", Dimension.CPU, 0.01, this::mean);
    gauges(charts, "Heap", "堆内存", "megabytes", Dimension.MEMORY, 1, this::mean);
    gauges(
        charts, "Lag behind the journal", "读侧滞后", "seconds 秒", Dimension.TIME, 0.001, this::worst);
    return charts.stream().map(chart -> chart.figure(time)).toList();
  }

  private Chart throughput() {
    Series planned = rate("planned", "计划到达", "s6 dashed", Second::planned);
    Series accepted = rate("accepted", "已受理", "s1", Second::accepted);
    List<Bound> bounds = bounds(List.of("scan.accepted"), Dimension.RATE, 1);
    return lines(
        "Throughput",
        "吞吐量",
        "scans a second 次/秒",
        Charts::plain,
        List.of(planned, accepted),
        bounds);
  }

  private Series rate(String english, String chinese, String look, ToLongFunction<Second> count) {
    return peaked(
        english, chinese, look, values(bucket -> perSecond(bucket, count)), Charts::plain);
  }

  private static double perSecond(Bucket bucket, ToLongFunction<Second> count) {
    return bucket.seconds().stream().mapToLong(count).sum() / bucket.length();
  }

  private Chart delay() {
    List<Series> series =
        List.of(
            percentile("median", "中位数", "s1", 50),
            percentile("99 % within", "99% 分位", "s2", 99),
            percentile("slowest", "最慢", "s6 thin", 100));
    List<Bound> bounds = bounds(List.of("scan.delay"), Dimension.TIME, 1);
    double least = least(series);
    double greatest = Math.max(greatest(series), greatestOf(bounds));
    return new Chart(
        "Delay",
        "时延",
        "from the intended start, logarithmic 自计划发起时刻起，对数刻度",
        Scale.Logarithmic.from(least, greatest),
        Charts::compactTime,
        series,
        bounds,
        false);
  }

  private Series percentile(String english, String chinese, String look, double percentile) {
    List<Double> values =
        values(
            bucket ->
                bucket.delays().count() == 0 ? Double.NaN : bucket.delays().millisAt(percentile));
    double overall = measured.scans().delays().millisAt(percentile);
    return new Series(english, chinese, look, values, Dimension.TIME.shown(overall));
  }

  /** The commonest codes first. */
  private List<String> codes() {
    Map<String, Long> totals = new TreeMap<>();
    for (Second second : measured.seconds()) {
      second.errors().forEach((code, count) -> totals.merge(code, count, Long::sum));
    }
    return totals.entrySet().stream()
        .filter(code -> code.getValue() > 0)
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .map(Map.Entry::getKey)
        .toList();
  }

  private Chart errors() {
    List<String> codes = codes();
    List<String> shown = codes.subList(0, Math.min(CODES_MAX, codes.size()));
    List<Series> series = new ArrayList<>();
    for (String code : shown) {
      series.add(errors(code, Codes.chinese(code), "s" + (series.size() + 2), code::equals));
    }
    if (codes.size() > shown.size()) {
      series.add(errors(OTHERS, "其他", "s1", code -> !shown.contains(code)));
    }
    double top = 0;
    for (int i = 0; i < time.buckets().size(); i++) {
      int at = i;
      top = Math.max(top, series.stream().mapToDouble(one -> one.values().get(at)).sum());
    }
    return new Chart(
        "Errors by code",
        "错误码",
        "a second 次/秒",
        Scale.Linear.upTo(top),
        Charts::plain,
        series,
        List.of(),
        true);
  }

  private Series errors(String name, String chinese, String look, Predicate<String> which) {
    ToLongFunction<Second> count =
        second ->
            second.errors().entrySet().stream()
                .filter(code -> which.test(code.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    long total = measured.seconds().stream().mapToLong(count).sum();
    return new Series(
        name,
        chinese,
        look,
        values(bucket -> perSecond(bucket, count)),
        Dimension.COUNT.shown(total));
  }

  private Chart backlog() {
    List<Double> values =
        values(
            bucket ->
                bucket.seconds().isEmpty() ? Double.NaN : bucket.seconds().getLast().backlog());
    return lines(
        "Not yet answered",
        "积压",
        "scans that were due 应答未答",
        Charts::plain,
        List.of(peaked("waiting", "等待中", "s3", values, Charts::plain)),
        List.of());
  }

  /** One picture of all gauges of a kind, if there are any. */
  private void gauges(
      List<Chart> charts,
      String english,
      String chinese,
      String unit,
      Dimension dimension,
      double factor,
      ToDoubleFunction<DoubleSummaryStatistics> which) {
    List<Series> series = new ArrayList<>();
    for (Gauge gauge : Gauge.values()) {
      if (gauge.dimension() == dimension && measured.valuesOf(gauge).findAny().isPresent()) {
        List<Double> values =
            values(
                bucket ->
                    bucket.looks().containsKey(gauge)
                        ? which.applyAsDouble(bucket.looks().get(gauge)) * factor
                        : Double.NaN);
        String most = dimension.shown(measured.valuesOf(gauge).max().orElse(0));
        series.add(
            new Series(
                gauge.english(),
                gauge.chinese(),
                "s" + (series.size() + 1),
                values,
                "max " + most));
      }
    }
    if (!series.isEmpty()) {
      List<Bound> bounds =
          bounds(Arrays.stream(Gauge.values()).map(Gauge::code).toList(), dimension, factor);
      charts.add(lines(english, chinese, unit, Charts::plain, series, bounds));
    }
  }

  private double mean(DoubleSummaryStatistics values) {
    return values.getAverage();
  }

  private double worst(DoubleSummaryStatistics values) {
    return values.getMax();
  }

  private Chart lines(
      String english,
      String chinese,
      String unit,
      DoubleFunction<String> shown,
      List<Series> series,
      List<Bound> bounds) {
    double top = Math.max(greatest(series), greatestOf(bounds));
    return new Chart(english, chinese, unit, Scale.Linear.upTo(top), shown, series, bounds, false);
  }

  private List<Double> values(Function<Bucket, Double> value) {
    return time.buckets().stream().map(value).toList();
  }

  private static Series peaked(
      String english,
      String chinese,
      String look,
      List<Double> values,
      DoubleFunction<String> shown) {
    double peak =
        values.stream().mapToDouble(value -> value).filter(Double::isFinite).max().orElse(0);
    return new Series(english, chinese, look, values, "max " + shown.apply(peak));
  }

  private List<Bound> bounds(List<String> metrics, Dimension dimension, double factor) {
    return measured.thresholds().all().stream()
        .filter(threshold -> metrics.contains(threshold.metric()))
        .filter(threshold -> threshold.aspect().dimension() == dimension)
        .map(threshold -> new Bound(threshold.expression(), threshold.bound() * factor))
        .toList();
  }

  private static double least(List<Series> series) {
    return finite(series).filter(value -> value > 0).min().orElse(1);
  }

  private static double greatest(List<Series> series) {
    return finite(series).max().orElse(0);
  }

  private static DoubleStream finite(List<Series> series) {
    return series.stream()
        .flatMap(one -> one.values().stream())
        .mapToDouble(value -> value)
        .filter(Double::isFinite);
  }

  private static double greatestOf(List<Bound> bounds) {
    return bounds.stream().mapToDouble(Bound::value).max().orElse(0);
  }

  private static String plain(double value) {
    return value >= 10 || value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : Tag.number(value);
  }

  private static String compactTime(double millis) {
    return Dimension.TIME.shown(millis).replace(".00", "").replace(".0 ", " ");
  }
}
