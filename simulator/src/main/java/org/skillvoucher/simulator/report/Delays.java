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
 * Delays (时延) of many answers, each counted from the moment the question was meant to be asked.
 * Kept as a histogram of microseconds, so that several runs add up without loss.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public final class Delays {
  /** Two digits: no percentile is off by more than one per cent. */
  private static final int DIGITS = 2;

  private final Histogram micros;

  private Delays(Histogram micros) {
    this.micros = micros;
  }

  public static Delays none() {
    return new Delays(new Histogram(DIGITS));
  }

  /** A copy, in microseconds: what is recorded afterwards is not in it. */
  public static Delays of(Histogram micros) {
    Delays copy = none();
    copy.micros.add(micros);
    return copy;
  }

  /**
   * As {@link #histogram} wrote it.
   *
   * @throws IllegalArgumentException when it is none
   */
  @JsonCreator
  static Delays read(@JsonProperty("histogram") String base64) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
      return of(Histogram.decodeFromCompressedByteBuffer(bytes, 0));
    } catch (DataFormatException | RuntimeException e) {
      throw new IllegalArgumentException("no histogram", e);
    }
  }

  static Delays sum(Stream<Delays> some) {
    Delays sum = none();
    some.forEach(one -> sum.micros.add(one.micros));
    return sum;
  }

  public Delays plus(Delays other) {
    return sum(Stream.of(this, other));
  }

  @JsonProperty
  public long count() {
    return micros.getTotalCount();
  }

  /** Milliseconds within which so many per cent were answered; 0 when there were none. */
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
    return other instanceof Delays delays && micros.equals(delays.micros);
  }

  @Override
  public int hashCode() {
    return micros.hashCode();
  }

  @Override
  public String toString() {
    return "Delays of " + count();
  }
}
