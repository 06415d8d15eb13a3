package org.skillvoucher.simulator.report;

import com.fasterxml.jackson.annotation.JsonValue;

/** What is looked at about once a second while a run goes on. */
public enum Gauge {
  /** Per cent of one core, so that four busy cores are 400. */
  GATEWAY_CPU("gateway.cpu", "gateway", "网关", Dimension.CPU),
  GATEWAY_HEAP("gateway.heap", "in use", "已用", Dimension.MEMORY),
  /** What is left of it after a collection: what a leak would raise. */
  GATEWAY_HEAP_LIVE("gateway.heap.live", "after a collection", "回收后", Dimension.MEMORY),
  /** After a full one that the tester asked for: what really lives. */
  GATEWAY_HEAP_FULL("gateway.heap.full", "after a full collection", "完全回收后", Dimension.MEMORY),
  GATEWAY_THREADS("gateway.threads", "gateway's threads", "网关线程", Dimension.COUNT),
  /** All processes of the server together. */
  POSTGRES_CPU("postgres.cpu", "PostgreSQL", "数据库", Dimension.CPU),
  /** One for each connection, and a few of its own. */
  POSTGRES_PROCESSES("postgres.processes", "PostgreSQL's processes", "数据库进程", Dimension.COUNT),
  /** What the tester itself takes of the cores it may share. */
  SIMULATOR_CPU("simulator.cpu", "simulator", "模拟器", Dimension.CPU),
  /** Since it was started; 0 as long as nothing fails, however many come. */
  ENTITIES_STOPPED("entities.stopped", "entities stopped", "实体停止", Dimension.COUNT),
  /** Age of the oldest event that the read models (查询视图) have not applied. */
  FEED_LAG("feed.lag", "read models", "查询视图", Dimension.TIME),
  /** The same of the flags (预警). */
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

  /** As thresholds and JSON name it. */
  @JsonValue
  public String code() {
    return code;
  }

  /** Whose it is. */
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
