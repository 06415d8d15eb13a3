package org.skillvoucher.simulator.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.skillvoucher.simulator.report.Measured.Second;

/**
 * The data of the page: the JSON of the result, in which seconds and samples are aggregated into
 * the series of the charts, plus all that needs more than arithmetic on the rest, namely the
 * headline, percentiles of histograms and parsed thresholds. How it is presented is up to {@code
 * page.js}.
 */
final class PageData {
  private static final List<Double> PERCENTILES = List.of(50.0, 90.0, 95.0, 99.0, 99.9, 100.0);

  /** Enough for a chart; every digit more makes the page larger. */
  private static final MathContext PRECISION = new MathContext(5);

  private final Measured measured;
  private final List<Bucket> buckets;

  private PageData(Measured measured) {
    this.measured = measured;
    this.buckets = Bucket.of(measured);
  }

  static ObjectNode of(Measured measured) {
    return new PageData(measured).json();
  }

  private ObjectNode json() {
    ObjectNode json = MeasuredFile.json(measured);
    json.remove(List.of("seconds", "usage"));
    for (String work : List.of("scans", "batches")) {
      ((ObjectNode) json.path(work).path("delays")).remove("histogram");
    }
    json.set("headline", MeasuredFile.tree(Headline.of(measured)));
    json.set("percentiles", percentiles(json));
    json.set("bounds", bounds(json));
    json.set("series", series(json.objectNode()));
    json.set("gauges", gauges(json.objectNode()));
    ObjectNode chinese = json.putObject("errorsInChinese");
    ErrorCodes.byFrequency(Stream.of(measured.scans().errors(), measured.batches().errors()))
        .forEach(code -> chinese.put(code, ErrorCodes.chinese(code)));
    for (JsonNode check : json.path("checks")) {
      Bilingual title = Bilingual.parse(check.path("title").asText());
      ((ObjectNode) check).set("title", MeasuredFile.tree(title));
    }
    return json;
  }

  private ArrayNode percentiles(ObjectNode json) {
    ArrayNode percentiles = json.arrayNode();
    for (double percentile : PERCENTILES) {
      percentiles
          .addObject()
          .put("percentile", percentile)
          .put("scans", measured.scans().latencies().millisAt(percentile))
          .put("batches", measured.batches().latencies().millisAt(percentile));
    }
    return percentiles;
  }

  /** The thresholds with their bounds as numbers, to be drawn as lines. */
  private ArrayNode bounds(ObjectNode json) {
    ArrayNode bounds = json.arrayNode();
    for (Threshold threshold : measured.thresholds().all()) {
      bounds
          .addObject()
          .put("metric", threshold.metric())
          .put("expression", threshold.expression())
          .put("dimension", threshold.aggregation().dimension().name())
          .put("bound", threshold.bound());
    }
    return bounds;
  }

  /** One value for each bucket, at its middle; null where there is none. */
  private ObjectNode series(ObjectNode series) {
    double spacing = buckets.size() > 1 ? buckets.get(1).at() : 1;
    series.put("spacing", spacing);
    values(series.putArray("at"), bucket -> bucket.at() + spacing / 2);
    values(series.putArray("planned"), bucket -> perSecond(bucket, Second::planned));
    values(series.putArray("accepted"), bucket -> perSecond(bucket, Second::accepted));
    values(series.putArray("backlog"), PageData::backlog);
    for (int percentile : List.of(50, 99, 100)) {
      values(series.putArray("p" + percentile), bucket -> millisAt(bucket, percentile));
    }
    ObjectNode errors = series.putObject("errors");
    for (String code : ErrorCodes.byFrequency(measured.seconds().stream().map(Second::errors))) {
      values(
          errors.putArray(code),
          bucket -> perSecond(bucket, second -> second.errors().getOrDefault(code, 0L)));
    }
    return series;
  }

  private static double perSecond(Bucket bucket, ToLongFunction<Second> count) {
    return bucket.seconds().stream().mapToLong(count).sum() / bucket.length();
  }

  private static double backlog(Bucket bucket) {
    return bucket.seconds().stream().mapToDouble(Second::backlog).max().orElse(Double.NaN);
  }

  private static double millisAt(Bucket bucket, double percentile) {
    return bucket.latencies().count() == 0 ? Double.NaN : bucket.latencies().millisAt(percentile);
  }

  /** The gauges that were sampled: means of CPU usage, and maxima of all others. */
  private ObjectNode gauges(ObjectNode gauges) {
    for (Gauge gauge : Gauge.values()) {
      if (measured.valuesOf(gauge).findAny().isPresent()) {
        ToDoubleFunction<DoubleSummaryStatistics> aggregation =
            gauge.dimension() == Dimension.CPU
                ? DoubleSummaryStatistics::getAverage
                : DoubleSummaryStatistics::getMax;
        ObjectNode entry =
            gauges
                .putObject(gauge.code())
                .put("english", gauge.english())
                .put("chinese", gauge.chinese())
                .put("dimension", gauge.dimension().name());
        values(entry.putArray("values"), bucket -> bucket.of(gauge, aggregation));
      }
    }
    return gauges;
  }

  private void values(ArrayNode array, ToDoubleFunction<Bucket> value) {
    for (Bucket bucket : buckets) {
      double number = value.applyAsDouble(bucket);
      if (!Double.isFinite(number)) {
        array.addNull();
      } else if (number == Math.rint(number)) {
        array.add((long) number);
      } else {
        array.add(BigDecimal.valueOf(number).round(PRECISION).doubleValue());
      }
    }
  }
}
