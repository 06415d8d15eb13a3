package org.skillvoucher.simulator.bench;

import java.util.List;
import java.util.Optional;

/** Categories of a gateway's CPU time, by its packages. */
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

  /** Used by several categories: the caller decides. */
  private static final List<String> SHARED =
      List.of(
          OURS + "journal.event.EventReader.decode",
          OURS + "journal.event.EventSerializer.read",
          OURS + "journal.event.JournalJson",
          OURS + "journal.event.Domain",
          OURS + "database.");

  /** The first match decides. */
  private static final List<PackagePrefix> OWN =
      List.of(
          new PackagePrefix(OURS + "journal.event.EventReader", RULES),
          new PackagePrefix(OURS + "journal.feed.", READ_SIDE),
          new PackagePrefix(OURS + "journal.", JOURNAL),
          new PackagePrefix(OURS + "projection.", READ_SIDE),
          new PackagePrefix(OURS + "flag.", READ_SIDE),
          new PackagePrefix(OURS + "process.", READ_SIDE),
          new PackagePrefix(OURS + "entity.", RULES),
          new PackagePrefix(OURS + "scan.", RULES),
          new PackagePrefix(OURS + "http.", HTTP),
          new PackagePrefix(OURS + "api.", HTTP),
          new PackagePrefix(OURS + "security.", SECURITY),
          new PackagePrefix(OURS + "device.", SECURITY),
          new PackagePrefix(OURS + "person.", SECURITY),
          new PackagePrefix(OURS + "receipt.", SEAL),
          new PackagePrefix(OURS + "cardplatform.", PLATFORM),
          new PackagePrefix(OURS + "forward.", FORWARD),
          new PackagePrefix(OURS, OTHER));

  /** For stacks without a frame of the gateway. */
  private static final List<PackagePrefix> LIBRARIES =
      List.of(
          new PackagePrefix("org.apache.pekko.http.", HTTP),
          new PackagePrefix("org.apache.pekko.io.", HTTP),
          new PackagePrefix("org.apache.pekko.persistence.", JOURNAL),
          new PackagePrefix("slick.", JOURNAL),
          new PackagePrefix("org.apache.pekko.projection.", READ_SIDE),
          new PackagePrefix("jdk.internal.net.http.", PLATFORM));

  private static final List<PackagePrefix> AROUND =
      List.of(new PackagePrefix("org.apache.pekko.", ACTORS));

  private final String title;

  CpuCategory(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  private record PackagePrefix(String prefix, CpuCategory category) {}

  /**
   * The category of one sample.
   *
   * @param frames class and method, for example {@code java.lang.String.length}, innermost first
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

  private static Optional<CpuCategory> first(List<String> frames, List<PackagePrefix> rows) {
    return frames.stream()
        .filter(frame -> SHARED.stream().noneMatch(frame::startsWith))
        .flatMap(frame -> rows.stream().filter(row -> frame.startsWith(row.prefix())).limit(1))
        .map(PackagePrefix::category)
        .findFirst();
  }
}
