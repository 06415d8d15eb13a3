package org.skillvoucher.gateway.development;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The system's clock plus an offset that only grows, so that two days of lessons pass in seconds.
 * It is monotonic, even when the system's clock is set back. For start-dev only.
 */
public final class DevelopmentClock implements InstantSource {
  /** Times are written with four digits for the year. */
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  private final InstantSource system;
  private final Optional<Path> file;
  private Duration offset;
  private Instant last = Instant.MIN;

  private DevelopmentClock(InstantSource system, Optional<Path> file, Duration offset) {
    this.system = system;
    this.file = file;
    this.offset = offset;
  }

  DevelopmentClock(InstantSource system) {
    this(system, Optional.empty(), Duration.ZERO);
  }

  /** A clock that continues from its time when the gateway was last stopped or killed. */
  public static DevelopmentClock keptIn(Path file) throws IOException {
    Duration offset =
        Files.exists(file) ? Duration.parse(Files.readString(file).strip()) : Duration.ZERO;
    return new DevelopmentClock(InstantSource.system(), Optional.of(file), offset);
  }

  @Override
  public synchronized Instant instant() {
    Instant now = system.instant().plus(offset);
    if (now.isAfter(last)) {
      last = now;
    }
    return last;
  }

  /** Moves the clock forward; false, and nothing moved, when that time is past or beyond 9998. */
  public synchronized boolean advanceTo(Instant target) {
    if (target.isBefore(instant()) || target.isAfter(LATEST)) {
      return false;
    }
    offset = Duration.between(system.instant(), target);
    last = target;
    file.ifPresent(this::keep);
    return true;
  }

  private void keep(Path target) {
    try {
      Path part = target.resolveSibling(target.getFileName() + ".part");
      Files.writeString(part, offset.toString());
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
