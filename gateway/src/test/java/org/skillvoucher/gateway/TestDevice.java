package org.skillvoucher.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.domain.canonical.CanonicalJson;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.device.DeviceKey;
import org.skillvoucher.gateway.device.DeviceSignatures;

/** A device: counts its statements per class, chains and signs them. */
final class TestDevice {
  private static final String SALT = "AAAAAAAAAAAAAAAAAAAAAA";

  private final String name;
  private final DeviceKey key;
  private final String token;
  private final Map<String, Chain> chains = new HashMap<>();
  private long epoch = 1;
  private String beacon = "";
  private Instant beaconAt = Instant.EPOCH;

  /**
   * An enrolled device.
   *
   * @param name as statements call it
   * @param token what it shows the gateway
   */
  TestDevice(String name, DeviceKey key, String token) {
    this.name = name;
    this.key = key;
    this.token = token;
  }

  private record Chain(long next, String previous) {
    static final Chain NEW = new Chain(1, DeviceStatement.NO_PREVIOUS);
  }

  /** The place, time and act of a tap. */
  record Place(String classId, String lesson, Act act, Instant at) {
    String text() {
      return classId + "/" + lesson;
    }
  }

  /** The request of one tap; signed once, so that a retry sends the same bytes. */
  record Tap(String classId, long counter, String hash, String body) {}

  String name() {
    return name;
  }

  String token() {
    return token;
  }

  long epoch() {
    return epoch;
  }

  /** From here on the device can prove the time of its taps, also offline. */
  void receivedBeacon(String newBeacon, Instant at) {
    beacon = newBeacon;
    beaconAt = at;
  }

  /** A new boot: the beacon of the last one proves nothing any more. */
  void restarted() {
    epoch++;
    beacon = "";
  }

  /** A tap of a card; the counter is used up by {@link #movedOn} alone. */
  Tap tap(Trainee trainee, Place place) {
    return tap(Map.of("way", "physical_card", "record", trainee.card(), "salt", SALT), place);
  }

  /** A tap while offline, whose counter is used up at once. */
  Tap captured(Trainee trainee, Place place) {
    Tap tap = tap(trainee, place);
    movedOn(tap);
    return tap;
  }

  Tap tap(Map<String, Object> presented, Place place) {
    Chain chain = chains.getOrDefault(place.classId(), Chain.NEW);
    byte[] shown = CanonicalJson.bytes(presented);
    var statement =
        new DeviceStatement(
            name,
            chain.next(),
            epoch,
            place.at(),
            beacon.isEmpty() ? 0 : place.at().toEpochMilli() - beaconAt.toEpochMilli(),
            beacon,
            "",
            DeviceSignatures.hashText(key.suite(), shown),
            chain.previous(),
            "",
            Optional.empty());
    byte[] signed = statement.canonical(key.suite(), place.act(), place.text());
    String body =
        "{\"presented\":%s,\"statement\":%s,\"signature\":\"%s\"}"
            .formatted(new String(shown, UTF_8), new String(signed, UTF_8), key.sign(signed));
    return new Tap(
        place.classId(), chain.next(), DeviceSignatures.hashText(key.suite(), signed), body);
  }

  /** Continues the chain behind this tap. */
  void movedOn(Tap tap) {
    chains.put(tap.classId(), new Chain(tap.counter() + 1, tap.hash()));
  }
}
