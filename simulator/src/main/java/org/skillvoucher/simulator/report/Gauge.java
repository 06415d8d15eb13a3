package org.skillvoucher.simulator.report;

import com.fasterxml.jackson.annotation.JsonValue;

/** What is looked at about once a second while a run goes on. */
public enum Gauge {
  /** Per cent of one core, so that four busy cores are 400. */
  GATEWAY_CPU("gateway.cpu", Dimension.CPU),
  GATEWAY_HEAP("gateway.heap", Dimension.MEMORY),
  /** All processes of the server together. */
  POSTGRES_CPU("postgres.cpu", Dimension.CPU),
  /** What the tester itself takes of the cores it may share. */
  SIMULATOR_CPU("simulator.cpu", Dimension.CPU),
  /** Age of the oldest event that the read models (查询视图) have not applied. */
  FEED_LAG("feed.lag", Dimension.TIME),
  /** The same of the flags (预警). */
  FLAGS_LAG("flags.lag", Dimension.TIME);

  private final String code;
  private final Dimension dimension;

  Gauge(String code, Dimension dimension) {
    this.code = code;
    this.dimension = dimension;
  }

  /** As thresholds and JSON name it. */
  @JsonValue
  public String code() {
    return code;
  }

  Dimension dimension() {
    return dimension;
  }
}
