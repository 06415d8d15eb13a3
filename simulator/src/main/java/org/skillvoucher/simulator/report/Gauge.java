package org.skillvoucher.simulator.report;

import com.fasterxml.jackson.annotation.JsonValue;

/** A resource of gateway, database or simulator that is sampled about once a second in a run. */
public enum Gauge {
  /** Per cent of one core, so that four busy cores are 400. */
  GATEWAY_CPU("gateway.cpu", "gateway", "网关", Dimension.CPU),
  GATEWAY_HEAP("gateway.heap", "in use", "已用", Dimension.MEMORY),
  /** In use after the last garbage collection; a memory leak raises it. */
  GATEWAY_HEAP_LIVE("gateway.heap.live", "after a GC", "回收后", Dimension.MEMORY),
  /** In use after a full garbage collection requested by the simulator: the live set. */
  GATEWAY_HEAP_FULL("gateway.heap.full", "after a full GC", "完全回收后", Dimension.MEMORY),
  GATEWAY_THREADS("gateway.threads", "gateway's threads", "网关线程", Dimension.COUNT),
  /** Sum over all processes of the server. */
  POSTGRES_CPU("postgres.cpu", "PostgreSQL", "数据库", Dimension.CPU),
  /** One for each connection, plus the server's own. */
  POSTGRES_PROCESSES("postgres.processes", "PostgreSQL's processes", "数据库进程", Dimension.COUNT),
  /** The simulator may share the cores of what it measures. */
  SIMULATOR_CPU("simulator.cpu", "simulator", "模拟器", Dimension.CPU),
  /** Entities that stopped on a failure since the gateway's start; 0 in a healthy run. */
  ENTITIES_STOPPED("entities.stopped", "entities stopped", "实体停止", Dimension.COUNT),
  /** Age of the oldest event not yet applied to the read models (查询视图). */
  FEED_LAG("feed.lag", "read models", "查询视图", Dimension.TIME),
  /** Age of the oldest event not yet evaluated for flags (预警). */
  FLAGS_LAG("flags.lag", "flags", "预警", Dimension.TIME);

  private final String code;
  private final String english;
  private final String chinese;
  private final Dimension dimension;

  Gauge(String code, String english, String chinese, Dimension dimension) {
    this.code = code;
    this.english = english;
    this.chinese = chinese;
    this.dimension = dimension;
  }

  /** Its name in thresholds and JSON. */
  @JsonValue
  public String code() {
    return code;
  }

  String english() {
    return english;
  }

  String chinese() {
    return chinese;
  }

  Dimension dimension() {
    return dimension;
  }
}
