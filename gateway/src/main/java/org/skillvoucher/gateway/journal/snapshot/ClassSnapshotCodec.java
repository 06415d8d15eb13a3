package org.skillvoucher.gateway.journal.snapshot;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.skillvoucher.domain.device.DeviceChainHead;
import org.skillvoucher.domain.trainingclass.ClassState;
import org.skillvoucher.domain.trainingclass.ClassState.Chain;
import org.skillvoucher.domain.trainingclass.Supervision;

/**
 * The snapshot of a class. An open or closed class has a binary format of its own, because Jackson
 * took longer than the rest of a class's recovery; earlier states, and corrections and spot checks,
 * are CBOR.
 */
final class ClassSnapshotCodec {
  private static final int SMALL = 0;
  private static final int OPEN = 1;
  private static final int CLOSED = 2;

  private ClassSnapshotCodec() {}

  static void write(ClassState state, SnapshotWriter to) throws IOException {
    switch (state) {
      case ClassState.Open(var plan, var ledger, var chain, var devices, var supervision) -> {
        to.number(OPEN);
        PlanSnapshotCodec.write(plan, to);
        LedgerSnapshotCodec.write(ledger, to);
        write(chain, to);
        to.all(devices.entrySet(), device -> write(device.getKey(), device.getValue(), to));
        write(supervision, to);
      }
      case ClassState.Closed(var plan, var ledger, var chain, var supervision) -> {
        to.number(CLOSED);
        PlanSnapshotCodec.write(plan, to);
        LedgerSnapshotCodec.write(ledger, to);
        write(chain, to);
        write(supervision, to);
      }
      case ClassState.Unfiled small -> small(small, to);
      case ClassState.Filed small -> small(small, to);
      case ClassState.Returned small -> small(small, to);
      case ClassState.Approved small -> small(small, to);
    }
  }

  static ClassState read(SnapshotReader from) throws IOException {
    return switch (from.integer()) {
      case SMALL -> SnapshotCbor.mapper().readValue(from.bytes(), ClassState.class);
      case OPEN ->
          new ClassState.Open(
              PlanSnapshotCodec.read(from),
              LedgerSnapshotCodec.read(from),
              chain(from),
              devices(from),
              supervision(from));
      case CLOSED ->
          new ClassState.Closed(
              PlanSnapshotCodec.read(from),
              LedgerSnapshotCodec.read(from),
              chain(from),
              supervision(from));
      default -> throw new IllegalArgumentException("a class in a state that is none");
    };
  }

  private static void small(ClassState state, SnapshotWriter to) throws IOException {
    to.number(SMALL);
    to.bytes(SnapshotCbor.mapper().writerFor(ClassState.class).writeValueAsBytes(state));
  }

  private static void write(Chain chain, SnapshotWriter to) {
    to.number(chain.sequence());
    to.text(chain.lastPayloadHash());
    to.number(chain.lastIssuedAtMillis());
  }

  private static Chain chain(SnapshotReader from) {
    return new Chain(from.number(), from.text(), from.number());
  }

  private static void write(String device, DeviceChainHead line, SnapshotWriter to) {
    to.name(device);
    to.number(line.expected());
    to.text(line.lastHash());
    to.number(line.epoch());
    to.number(line.gapTo());
    to.number(line.lastTapMillis());
    to.number(line.notedMillis());
    to.bool(line.forked());
    to.name(line.site());
  }

  private static Map<String, DeviceChainHead> devices(SnapshotReader from) {
    Map<String, DeviceChainHead> devices = new HashMap<>();
    for (int left = from.count(); left > 0; left--) {
      devices.put(
          from.name(),
          new DeviceChainHead(
              from.number(),
              from.text(),
              from.number(),
              from.number(),
              from.number(),
              from.number(),
              from.bool(),
              from.name()));
    }
    return devices;
  }

  /** Most classes have none. */
  private static void write(Supervision supervision, SnapshotWriter to) throws IOException {
    boolean some = !supervision.equals(Supervision.NONE);
    to.bool(some);
    if (some) {
      to.bytes(SnapshotCbor.mapper().writeValueAsBytes(supervision));
    }
  }

  private static Supervision supervision(SnapshotReader from) throws IOException {
    return from.bool()
        ? SnapshotCbor.mapper().readValue(from.bytes(), Supervision.class)
        : Supervision.NONE;
  }
}
