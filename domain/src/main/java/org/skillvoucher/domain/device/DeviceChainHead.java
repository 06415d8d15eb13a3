package org.skillvoucher.domain.device;

import java.util.Map;

/**
 * The head of one device's chain of statements for this class (设备计数).
 *
 * @param expected the counter of the next statement
 * @param lastHash the hash which that statement must name as its previous one
 * @param epoch the last boot epoch received
 * @param gapTo the lowest counter received while one before it is missing; 0 while none is
 * @param lastTapMillis the last tap by the device's clock
 * @param notedMillis the tap for which {@code TAP_RATE} was last recorded; 0 for none
 * @param forked whether it signed two statements with one counter: nothing more is accepted
 * @param site where it is enrolled
 */
public record DeviceChainHead(
    long expected,
    String lastHash,
    long epoch,
    long gapTo,
    long lastTapMillis,
    long notedMillis,
    boolean forked,
    String site) {
  static final DeviceChainHead NEW =
      new DeviceChainHead(1, DeviceStatement.NO_PREVIOUS, 0, 0, 0, 0, false, "");

  /** The head after the device's next statement was recorded or quarantined. */
  public DeviceChainHead after(DeviceStatement statement, String at) {
    long next = statement.counter() + 1;
    String hash = statement.signed().map(DeviceStatement.Signed::hash).orElse("");
    return new DeviceChainHead(
        next,
        hash,
        statement.epoch(),
        gapTo > next ? gapTo : 0,
        statement.tappedAt().toEpochMilli(),
        notedMillis,
        forked,
        at.isEmpty() ? site : at);
  }

  public DeviceChainHead noted(DeviceAnomaly anomaly, DeviceStatement statement) {
    return switch (anomaly) {
      case GAP ->
          new DeviceChainHead(
              expected,
              lastHash,
              epoch,
              statement.counter(),
              lastTapMillis,
              notedMillis,
              forked,
              site);
      case FORK ->
          new DeviceChainHead(
              expected, lastHash, epoch, gapTo, lastTapMillis, notedMillis, true, site);
      case TAP_RATE ->
          new DeviceChainHead(
              expected,
              lastHash,
              epoch,
              gapTo,
              lastTapMillis,
              statement.tappedAt().toEpochMilli(),
              forked,
              site);
    };
  }

  /** The gap is given up: the first statement behind it is the next. */
  public DeviceChainHead withoutGap() {
    return new DeviceChainHead(gapTo, "", epoch, 0, lastTapMillis, notedMillis, forked, site);
  }

  public static DeviceChainHead in(Map<String, DeviceChainHead> devices, String device) {
    return devices.getOrDefault(device, NEW);
  }
}
