package org.skillvoucher.simulator.report;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.skillvoucher.simulator.report.Chart.Bound;
import org.skillvoucher.simulator.report.Chart.Series;
import org.skillvoucher.simulator.report.Measured.Second;

/** Which pictures a run has. */
final class Charts {
  private static final int CODES_MAX = 5;

  /** A bound this many times what was measured is left out: it would press the lines flat. */
  private static final double BOUND_SHOWN_MAX = 3;

  private final Measured measured;
  private final TimeAxis time;

  private Charts(Measured measured) {
    this.measured = measured;
    time = TimeAxis.of(measured);
  }

  /** In the order in which one asks; what was not measured has none. */
  static Tag of(Measured measured) {
    return new Charts(measured).all();
  }

  private Tag all() {
    List<Chart> large = new ArrayList<>();
    List<Chart> small = new ArrayList<>();
    if (!measured.seconds().isEmpty()) {
      large.add(throughput());
      large.add(delay());
      errors().ifPresent(large::add);
      small.add(backlog());
    }
    lag().ifPresent(small::add);
    processor().ifPresent(small::add);
    heap().ifPresent(small::add);
    threads().ifPresent(small::add);
    return Tag.of("div")
        .as("charts")
        .each(large, chart -> chart.figure(time))
        .add(Tag.of("div").as("pair").each(small, chart -> chart.figure(time)));
  }

  private Chart throughput() {
    List<Series> series =
        new ArrayList<>(
            List.of(
                rate("planned", "计划到达", "s6 dashed", Second::planned),
                rate("accepted", "已受理", "s1", Second::accepted)));
    Goodput.of(measured)
        .map(goodput -> values(bucket -> goodput.peak()))
        .ifPresent(peak -> series.add(peaking("the peak", "峰值", "s3 dashed", peak)));
    List<Bound> bounds = bounds(List.of("scan.accepted"), Dimension.RATE, 1, greatest(series));
    return linear("Throughput", "吞吐量", "scans a second 次/秒", series, bounds);
  }

  private Series rate(String english, String chinese, String look, ToLongFunction<Second> count) {
    return peaking(english, chinese, look, values(bucket -> perSecond(bucket, count)));
  }

  private static double perSecond(Bucket bucket, ToLongFunction<Second> count) {
    return bucket.seconds().stream().mapToLong(count).sum() / bucket.length();
  }

  private Chart delay() {
    List<Series> series =
        List.of(
            percentile("slowest", "最慢", "s6 thin", 100),
            percentile("99 % within", "99% 分位", "s2", 99),
            percentile("half within", "中位数", "s1", 50));
    List<Bound> bounds = bounds(List.of("scan.delay"), Dimension.TIME, 1, greatest(series));
    double top = Math.max(greatest(series), greatestOf(bounds));
    return new Chart(
        "Delay",
        "时延",
        "from the intended start 自计划时刻起",
        Scale.Logarithmic.from(least(series), top),
        Charts::timeOnAxis,
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

  /** Empty when nothing was refused and nothing failed. */
  private Optional<Chart> errors() {
    List<String> codes = Codes.commonest(measured.seconds().stream().map(Second::errors));
    List<String> named = codes.subList(0, Math.min(CODES_MAX, codes.size()));
    List<Series> series = new ArrayList<>();
    for (String code : named) {
      series.add(errors(code, Codes.chinese(code), "s" + (series.size() + 2), code::equals));
    }
    if (codes.size() > named.size()) {
      series.add(errors("others", "其他", "s1", code -> !named.contains(code)));
    }
    double top = 0;
    for (int i = 0; i < time.buckets().size(); i++) {
      int at = i;
      top = Math.max(top, series.stream().mapToDouble(one -> one.values().get(at)).sum());
    }
    Scale scale = Scale.Linear.upTo(top);
    return series.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Chart(
                "Refused and failed",
                "拒绝与失败",
                "a second 次/秒",
                scale,
                Charts::plain,
                series,
                List.of(),
                true));
  }

  private Series errors(String name, String chinese, String look, Predicate<String> which) {
    ToLongFunction<Second> count =
        second ->
            second.errors().entrySet().stream()
                .filter(code -> which.test(code.getKey()))
                .mapToLong(code -> code.getValue())
                .sum();
    long total = measured.seconds().stream().mapToLong(count).sum();
    List<Double> values = values(bucket -> perSecond(bucket, count));
    return new Series(name, chinese, look, values, Dimension.COUNT.shown(total));
  }

  private Chart backlog() {
    List<Double> values =
        values(
            bucket ->
                bucket.seconds().isEmpty()
                    ? Double.NaN
                    : bucket.seconds().stream().mapToLong(Second::backlog).max().orElse(0));
    List<Series> series = List.of(peaking("waiting", "等待中", "s3", values));
    return linear("Not yet answered", "积压", "scans 次", series, List.of());
  }

  private Optional<Chart> lag() {
    return gauges(
        "Lag of the read side",
        "读侧滞后",
        "seconds 秒",
        Dimension.TIME,
        DoubleSummaryStatistics::getMax);
  }

  private Optional<Chart> processor() {
    return gauges(
        "Processor", "处理器", "cores 核", Dimension.CPU, DoubleSummaryStatistics::getAverage);
  }

  private Optional<Chart> heap() {
    return gauges("Heap", "堆内存", "megabytes", Dimension.MEMORY, DoubleSummaryStatistics::getMax);
  }

  private Optional<Chart> threads() {
    return gauges(
        "Threads and processes", "线程与进程", "", Dimension.COUNT, DoubleSummaryStatistics::getMax);
  }

  /** One picture of all gauges of a kind, if there are any. */
  private Optional<Chart> gauges(
      String english,
      String chinese,
      String unit,
      Dimension dimension,
      ToDoubleFunction<DoubleSummaryStatistics> which) {
    double factor =
        switch (dimension) {
          case TIME -> 0.001; // to seconds
          case CPU -> 0.01; // to cores
          case SHARE, RATE, COUNT, MEMORY -> 1;
        };
    List<Gauge> those =
        Stream.of(Gauge.values()).filter(gauge -> gauge.dimension() == dimension).toList();
    List<Series> series = new ArrayList<>();
    for (Gauge gauge : those) {
      if (measured.valuesOf(gauge).findAny().isPresent()) {
        List<Double> values = values(bucket -> bucket.of(gauge, which) * factor);
        String look = "s" + (series.size() + 1);
        series.add(peaking(gauge.english(), gauge.chinese(), look, values));
      }
    }
    List<String> codes = those.stream().map(Gauge::code).toList();
    return series.isEmpty()
        ? Optional.empty()
        : Optional.of(
            linear(
                english,
                chinese,
                unit,
                series,
                bounds(codes, dimension, factor, greatest(series))));
  }

  private static Chart linear(
      String english, String chinese, String unit, List<Series> series, List<Bound> bounds) {
    double top = Math.max(greatest(series), greatestOf(bounds));
    Scale scale = Scale.Linear.upTo(top);
    return new Chart(english, chinese, unit, scale, Charts::plain, series, bounds, false);
  }

  private List<Double> values(Function<Bucket, Double> value) {
    return time.buckets().stream().map(value).toList();
  }

  private static Series peaking(String english, String chinese, String look, List<Double> values) {
    double peak =
        values.stream().mapToDouble(value -> value).filter(Double::isFinite).max().orElse(0);
    return new Series(english, chinese, look, values, "max " + plain(peak));
  }

  private List<Bound> bounds(
      List<String> metrics, Dimension dimension, double factor, double greatest) {
    return measured.thresholds().all().stream()
        .filter(threshold -> metrics.contains(threshold.metric()))
        .filter(threshold -> threshold.aspect().dimension() == dimension)
        .map(threshold -> new Bound(threshold.expression(), threshold.bound() * factor))
        .filter(bound -> bound.value() <= BOUND_SHOWN_MAX * greatest)
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

  private static String timeOnAxis(double millis) {
    return millis < 1000 ? Tag.number(millis) + " ms" : Tag.number(millis / 1000) + " s";
  }
}
