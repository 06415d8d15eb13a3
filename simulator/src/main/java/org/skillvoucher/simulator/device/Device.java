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
 * (时间信标) it heard, and a key to sign with. For one thread at a time.
 */
public final class Device {
  private final String name;
  private final DeviceKey key;
  private final long epoch;
  private final Map<String, Place> places = new HashMap<>();
  private Optional<Beacon> beacon = Optional.empty();

  /**
   * A time beacon.
   *
   * @param text as the gateway gave it
   * @param receivedTime what time it says it was
   */
  public record Beacon(String text, Instant receivedTime) {}

  /**
   * One tap.
   *
   * @param at by the device's clock
   */
  public record Tap(String classId, String lesson, Act act, Presented presented, Instant at) {}

  /** Where a class's chain of statements stands. */
  private record Place(long counter, String hash) {
    static final Place START = new Place(0, DeviceStatement.NO_PREVIOUS);
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

  public void receive(Beacon heard) {
    beacon = Optional.of(heard);
  }

  /** The statement of a tap; its counter is used up only by {@link #moveOn}. */
  public Statement state(Tap tap) {
    return state(tap, 0);
  }

  /**
   * As {@link #state(Tap)}, of a device whose monotonic clock is off.
   *
   * @param monotonicOffMillis so much it shows too much
   */
  public Statement state(Tap tap, long monotonicOffMillis) {
    Place place = places.getOrDefault(tap.classId(), Place.START);
    long since =
        beacon.map(heard -> Duration.between(heard.receivedTime(), tap.at()).toMillis()).orElse(0L);
    Map<String, Object> members =
        Map.ofEntries(
            Map.entry("$t", key.suite().type()),
            Map.entry("act", tap.act().code()),
            Map.entry("cls", tap.classId() + "/" + tap.lesson()),
            Map.entry("crd", key.hash(CanonicalJson.bytes(tap.presented().members()))),
            Map.entry("ctr", place.counter() + 1),
            Map.entry("dev", name),
            Map.entry("ep", epoch),
            Map.entry("lb", beacon.map(Beacon::text).orElse("")),
            Map.entry("mono", Math.max(0, since + monotonicOffMillis)),
            Map.entry("non", ""),
            Map.entry("ph", place.hash()),
            Map.entry("t", tap.at().toEpochMilli()));
    byte[] canonical = CanonicalJson.bytes(members);
    return new Statement(
        tap.classId(),
        place.counter() + 1,
        key.hash(canonical),
        Map.of(
            "presented", tap.presented().members(),
            "statement", members,
            "signature", key.sign(canonical)));
  }

  /** Uses up the statement's counter: it was answered, or the device does not wait any longer. */
  public void moveOn(Statement statement) {
    places.put(statement.classId(), new Place(statement.counter(), statement.hash()));
  }
}
