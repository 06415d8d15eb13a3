package org.skillvoucher.simulator.device;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.domain.canonical.CanonicalJson;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.keys.DeviceKey;

/**
 * An enrolled device: a counter and a chain for each class, a boot epoch, the last time beacon
 * (时间信标) it received, and a key to sign with. Not thread-safe.
 */
public final class Device {
  private final String name;
  private final DeviceKey key;
  private final long epoch;
  private final Map<String, ChainHead> chainHeads = new HashMap<>();
  private Optional<Beacon> beacon = Optional.empty();

  /**
   * A time beacon.
   *
   * @param text as the gateway issued it
   * @param receivedTime the time it was issued
   */
  public record Beacon(String text, Instant receivedTime) {}

  /**
   * One tap.
   *
   * @param at by the device's clock
   */
  public record Tap(String classId, String lesson, Act act, Presented presented, Instant at) {}

  /** The last statement of a class's chain. */
  private record ChainHead(long counter, String hash) {
    static final ChainHead START = new ChainHead(0, DeviceStatement.NO_PREVIOUS);
  }

  /**
   * @param name as it was enrolled, {@code D…-n}
   * @param epoch counts its boots
   */
  public Device(String name, DeviceKey key, long epoch) {
    this.name = name;
    this.key = key;
    this.epoch = epoch;
  }

  public String name() {
    return name;
  }

  public long epoch() {
    return epoch;
  }

  public void receive(Beacon received) {
    beacon = Optional.of(received);
  }

  /** Signs the statement of a tap; only {@link #advance} uses up its counter. */
  public Statement sign(Tap tap) {
    return sign(tap, 0);
  }

  /**
   * As {@link #sign(Tap)}, with a wrong monotonic clock.
   *
   * @param monotonicAheadMillis how far the clock is ahead
   */
  public Statement sign(Tap tap, long monotonicAheadMillis) {
    ChainHead head = chainHeads.getOrDefault(tap.classId(), ChainHead.START);
    long since =
        beacon.map(last -> Duration.between(last.receivedTime(), tap.at()).toMillis()).orElse(0L);
    Map<String, Object> members =
        Map.ofEntries(
            Map.entry("$t", key.suite().type()),
            Map.entry("act", tap.act().code()),
            Map.entry("cls", tap.classId() + "/" + tap.lesson()),
            Map.entry("crd", key.hash(CanonicalJson.bytes(tap.presented().members()))),
            Map.entry("ctr", head.counter() + 1),
            Map.entry("dev", name),
            Map.entry("ep", epoch),
            Map.entry("lb", beacon.map(Beacon::text).orElse("")),
            Map.entry("mono", Math.max(0, since + monotonicAheadMillis)),
            Map.entry("non", ""),
            Map.entry("ph", head.hash()),
            Map.entry("t", tap.at().toEpochMilli()));
    byte[] canonical = CanonicalJson.bytes(members);
    return new Statement(
        tap.classId(),
        head.counter() + 1,
        key.hash(canonical),
        Map.of(
            "presented", tap.presented().members(),
            "statement", members,
            "signature", key.sign(canonical)));
  }

  /** Uses up the statement's counter: it has a final answer, or the device waits no longer. */
  public void advance(Statement statement) {
    chainHeads.put(statement.classId(), new ChainHead(statement.counter(), statement.hash()));
  }
}
