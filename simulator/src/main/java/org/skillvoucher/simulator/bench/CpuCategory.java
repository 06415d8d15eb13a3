package org.skillvoucher.simulator.bench;

import java.util.List;
import java.util.Optional;

/** Where a gateway's processor time goes, as its own packages divide it. */
enum CpuCategory {
  HTTP("http: requests, routes, replies"),
  SECURITY("security: tokens, vault, devices' signatures"),
  PLATFORM("card platform: its messages and their envelopes"),
  RULES("rules: the class decides"),
  SEAL("receipt: SM2 over SM3"),
  JOURNAL("journal: serialise and write"),
  READ_SIDE("read side: feed and tables"),
  FORWARD("forwarding"),
  ACTORS("actors and streams, in between"),
  OTHER("other"),
  COLLECTOR("JVM: garbage collector"),
  JVM("JVM: compiler, and what has no stack");

  private static final String OURS = "org.skillvoucher.gateway.";

  /** Used by several stages: who called it decides. */
  private static final List<String> SHARED =
      List.of(
          OURS + "journal.event.EventReader.decode",
          OURS + "journal.event.EventSerializer.read",
          OURS + "journal.event.JournalJson",
          OURS + "journal.event.Domain",
          OURS + "database.");

  /** Of the first that fits. */
  private static final List<Row> OWN =
      List.of(
          new Row(OURS + "journal.event.EventReader", RULES),
          new Row(OURS + "journal.feed.", READ_SIDE),
          new Row(OURS + "journal.", JOURNAL),
          new Row(OURS + "projection.", READ_SIDE),
          new Row(OURS + "flag.", READ_SIDE),
          new Row(OURS + "process.", READ_SIDE),
          new Row(OURS + "entity.", RULES),
          new Row(OURS + "scan.", RULES),
          new Row(OURS + "http.", HTTP),
          new Row(OURS + "api.", HTTP),
          new Row(OURS + "security.", SECURITY),
          new Row(OURS + "device.", SECURITY),
          new Row(OURS + "person.", SECURITY),
          new Row(OURS + "receipt.", SEAL),
          new Row(OURS + "cardplatform.", PLATFORM),
          new Row(OURS + "forward.", FORWARD),
          new Row(OURS, OTHER));

  /** Where none of ours is on the stack: whose library it is. */
  private static final List<Row> LIBRARIES =
      List.of(
          new Row("org.apache.pekko.http.", HTTP),
          new Row("org.apache.pekko.io.", HTTP),
          new Row("org.apache.pekko.persistence.", JOURNAL),
          new Row("slick.", JOURNAL),
          new Row("org.apache.pekko.projection.", READ_SIDE),
          new Row("jdk.internal.net.http.", PLATFORM));

  private static final List<Row> AROUND = List.of(new Row("org.apache.pekko.", ACTORS));

  private final String title;

  CpuCategory(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  private record Row(String prefix, CpuCategory stage) {}

  /**
   * The stage of one sample.
   *
   * @param frames class and method, such as {@code java.lang.String.length}, the innermost first
   */
  static CpuCategory of(List<String> frames) {
    if (frames.isEmpty()) {
      return JVM;
    }
    return first(frames, OWN)
        .or(() -> first(frames, LIBRARIES))
        .or(() -> first(frames, AROUND))
        .orElse(OTHER);
  }

  private static Optional<CpuCategory> first(List<String> frames, List<Row> rows) {
    return frames.stream()
        .filter(frame -> SHARED.stream().noneMatch(frame::startsWith))
        .flatMap(frame -> rows.stream().filter(row -> frame.startsWith(row.prefix())).limit(1))
        .map(Row::stage)
        .findFirst();
  }
}
