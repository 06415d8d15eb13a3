package org.skillvoucher.domain.scan;

import java.time.Instant;
import java.util.Optional;
import org.skillvoucher.domain.identity.PersonPseudonym;

/**
 * Where and how a scan was made.
 *
 * @param site where the device is enrolled (培训点)
 * @param room the room there
 * @param offline how an offline statement arrived, by a batch; absent online
 * @param roomCode the room's code (课堂码) which the person's phone scanned, if it was that way
 * @param witness who signed in a person without phone or card, if it was that way
 */
public record Circumstances(
    String site,
    String room,
    Optional<Offline> offline,
    Optional<RoomCodeUse> roomCode,
    Optional<PersonPseudonym> witness) {
  /**
   * How an offline statement arrived.
   *
   * @param beacon the time of the last beacon it names, when that is one of ours for this device
   *     and boot; empty when it proves nothing
   */
  public record Offline(Optional<Instant> beacon, Instant arrivedAt) {}

  /**
   * One use of a room's code.
   *
   * @param step the five-second step in which it was shown
   * @param phone fingerprint of the phone
   */
  public record RoomCodeUse(long step, Scan.Fingerprint phone) {}

  /** Of an offline statement of which only its arrival is known. */
  public static Circumstances offline(Offline arrival) {
    return new Circumstances("", "", Optional.of(arrival), Optional.empty(), Optional.empty());
  }

  public Circumstances at(String newSite, String newRoom) {
    return new Circumstances(newSite, newRoom, offline, roomCode, witness);
  }

  public Circumstances witnessed(Optional<PersonPseudonym> by) {
    return new Circumstances(site, room, offline, roomCode, by);
  }

  /** Of an online scan on a device. */
  public static Circumstances online(String site, String room) {
    return new Circumstances(site, room, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
