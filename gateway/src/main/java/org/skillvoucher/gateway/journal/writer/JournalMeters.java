package org.skillvoucher.gateway.journal.writer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/** Metrics of the journal's writer; rows by batches are the mean batch size. */
public final class JournalMeters implements MeterBinder {
  private final IntSupplier queued;
  private final LongAdder batches = new LongAdder();
  private final LongAdder rows = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final LongAdder connections = new LongAdder();

  JournalMeters(IntSupplier queued) {
    this.queued = queued;
  }

  void written(int rowCount, long tookNanos) {
    batches.increment();
    rows.add(rowCount);
    nanos.add(tookNanos);
  }

  void failed() {
    failed.increment();
  }

  void refused() {
    refused.increment();
  }

  void late() {
    late.increment();
  }

  void connected() {
    connections.increment();
  }

  /** Queued writes. */
  public int queued() {
    return queued.getAsInt();
  }

  long batches() {
    return batches.sum();
  }

  long connections() {
    return connections.sum();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("vgw.journal.queue", queued::getAsInt)
        .description("writes that wait for the journal")
        .register(registry);
    FunctionTimer.builder(
            "vgw.journal.batch",
            this,
            meters -> meters.batches.sum(),
            meters -> meters.nanos.sum(),
            TimeUnit.NANOSECONDS)
        .description("statements that wrote a batch of events, and their time")
        .register(registry);
    counter("vgw.journal.events", rows, "events written", registry);
    counter("vgw.journal.failed", failed, "statements that failed, also by one bad row", registry);
    counter("vgw.journal.refused", refused, "writes refused because the queue was full", registry);
    counter("vgw.journal.late", late, "writes given up because they waited too long", registry);
    counter("vgw.journal.connections", connections, "connections made", registry);
  }

  private static void counter(
      String name, LongAdder count, String description, MeterRegistry registry) {
    FunctionCounter.builder(name, count, LongAdder::sum)
        .description(description)
        .register(registry);
  }
}
