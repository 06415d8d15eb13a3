package org.skillvoucher.domain.device;

import java.util.Map;

/**
 * Where one device's statements for this class stand (设备计数).
 *
 * @param expected the counter that comes next
 * @param lastHash the hash which that statement must name as its previous one
 * @param epoch the last boot epoch heard
 * @param gapTo the lowest counter that came while one before it was missing; 0 while none is
 * @param lastTapMillis the last tap by the device's clock
 * @param notedMillis the tap for which the device was last noted as too fast; 0 for none
 * @param forked whether it signed two statements with one counter: nothing more is taken
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

  /** After a statement of this device was taken or set aside, whose counter came next. */
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

  public DeviceChainHead noted(DeviceAnomaly matter, DeviceStatement statement) {
    return switch (matter) {
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

  /** The gap is not waited for any longer: the first statement behind it comes next. */
  public DeviceChainHead withoutGap() {
    return new DeviceChainHead(gapTo, "", epoch, 0, lastTapMillis, notedMillis, forked, site);
  }

  public static DeviceChainHead in(Map<String, DeviceChainHead> devices, String device) {
    return devices.getOrDefault(device, NEW);
  }
}
