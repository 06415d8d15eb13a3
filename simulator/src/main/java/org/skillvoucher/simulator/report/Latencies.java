package org.skillvoucher.simulator.report;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;

/**
 * A distribution of response latencies (时延). Each latency is measured from the scheduled arrival of
 * the request, not from the moment it was sent: arrivals are open-loop, so the time a request waits
 * behind slow predecessors is part of its latency, and the distribution is free of coordinated
 * omission. Kept as a histogram of microseconds, which several simulators can add up without loss.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public final class Latencies {
  /** Two significant digits: no percentile is off by more than one per cent. */
  private static final int DIGITS = 2;

  private final Histogram micros;

  private Latencies(Histogram micros) {
    this.micros = micros;
  }

  public static Latencies none() {
    return new Latencies(new Histogram(DIGITS));
  }

  /** Of a histogram in microseconds, which is copied. */
  public static Latencies of(Histogram micros) {
    Latencies copy = none();
    copy.micros.add(micros);
    return copy;
  }

  /**
   * Decodes what {@link #histogram} encoded.
   *
   * @throws IllegalArgumentException when it is not a histogram
   */
  @JsonCreator
  static Latencies read(@JsonProperty("histogram") String base64) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
      return of(Histogram.decodeFromCompressedByteBuffer(bytes, 0));
    } catch (DataFormatException | RuntimeException e) {
      throw new IllegalArgumentException("not a histogram", e);
    }
  }

  static Latencies sum(Stream<Latencies> parts) {
    Latencies sum = none();
    parts.forEach(one -> sum.micros.add(one.micros));
    return sum;
  }

  public Latencies plus(Latencies other) {
    return sum(Stream.of(this, other));
  }

  @JsonProperty
  public long count() {
    return micros.getTotalCount();
  }

  /** The percentile in milliseconds; 0 when nothing was recorded. */
  public double millisAt(double percentile) {
    return micros.getValueAtPercentile(percentile) / 1000.0;
  }

  public double meanMillis() {
    return micros.getMean() / 1000.0;
  }

  @JsonProperty
  double p50Millis() {
    return millisAt(50);
  }

  @JsonProperty
  double p99Millis() {
    return millisAt(99);
  }

  @JsonProperty
  double maxMillis() {
    return millisAt(100);
  }

  /** HdrHistogram's compressed form, in base64. */
  @JsonProperty
  String histogram() {
    ByteBuffer bytes = ByteBuffer.allocate(micros.getNeededByteBufferCapacity());
    int length = micros.encodeIntoCompressedByteBuffer(bytes, Deflater.BEST_COMPRESSION);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Latencies latencies && micros.equals(latencies.micros);
  }

  @Override
  public int hashCode() {
    return micros.hashCode();
  }

  @Override
  public String toString() {
    return count() + " latencies";
  }
}
