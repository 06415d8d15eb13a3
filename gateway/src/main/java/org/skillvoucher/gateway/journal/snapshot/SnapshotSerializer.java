package org.skillvoucher.gateway.journal.snapshot;

import com.fasterxml.jackson.databind.JavaType;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.CRC32C;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.skillvoucher.domain.institution.InstitutionState;
import org.skillvoucher.domain.trainingclass.ClassState;
import org.skillvoucher.domain.voucher.VoucherState;

/**
 * Serialises snapshots as CBOR, those of classes in their own binary format, with a checksum and a
 * versioned manifest. A snapshot only shortens recovery: one that cannot be read fails here, is
 * ignored ({@code snapshot-is-optional}), and the events are replayed. A state of another shape
 * takes the next version. The version before is read where only optional members were added, so
 * that an update does not replay all events at once; earlier ones are ignored.
 *
 * <p>It is written on the actor's thread and read at every activation, so nothing is compressed:
 * compression cost more than everything else, and fingerprints do not compress.
 */
public final class SnapshotSerializer extends SerializerWithStringManifest {
  private static final int IDENTIFIER = 4201;
  private static final String VOUCHER = "voucher.state/3";

  private static final String VOUCHER_BEFORE = "voucher.state/2";
  private static final String INSTITUTION = "institution.state/3";
  private static final String INSTITUTION_BEFORE = "institution.state/2";
  private static final String CLASS = "class.state/6";
  private static final String CLASS_BEFORE = "class.state/5";
  private static final Set<String> CLASSES = Set.of(CLASS, CLASS_BEFORE);
  private static final Map<String, JavaType> TYPES =
      Map.of(
          VOUCHER_BEFORE, SnapshotCbor.versioned(VoucherState.class),
          VOUCHER, SnapshotCbor.versioned(VoucherState.class),
          INSTITUTION_BEFORE, SnapshotCbor.versioned(InstitutionState.class),
          INSTITUTION, SnapshotCbor.versioned(InstitutionState.class));

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object snapshot) {
    return switch (snapshot) {
      case Versioned<?>(var revision, VoucherState state) -> VOUCHER;
      case Versioned<?>(var revision, ClassState state) -> CLASS;
      case Versioned<?>(var revision, InstitutionState state) -> INSTITUTION;
      case Object other ->
          throw new IllegalArgumentException("no snapshot name for " + other.getClass().getName());
    };
  }

  @Override
  public byte[] toBinary(Object snapshot) {
    try {
      byte[] state = state(snapshot);
      return ByteBuffer.allocate(state.length + Integer.BYTES)
          .put(state)
          .putInt(checksum(state, state.length))
          .array();
    } catch (IOException e) {
      throw new IllegalStateException("cannot write a snapshot", e);
    }
  }

  private byte[] state(Object snapshot) throws IOException {
    if (snapshot instanceof Versioned<?>(var revision, ClassState state)) {
      var bytes = new SnapshotWriter();
      bytes.number(revision);
      ClassSnapshotCodec.write(state, bytes);
      return bytes.written();
    }
    JavaType type = Objects.requireNonNull(TYPES.get(manifest(snapshot)));
    return SnapshotCbor.mapper().writerFor(type).writeValueAsBytes(snapshot);
  }

  @Override
  public Object fromBinary(byte[] bytes, String name) throws NotSerializableException {
    if (!CLASSES.contains(name) && !TYPES.containsKey(name)) {
      throw new NotSerializableException("no snapshot of this version is " + name);
    }
    int length = Math.max(0, bytes.length - Integer.BYTES);
    try {
      if (length == 0 || ByteBuffer.wrap(bytes).getInt(length) != checksum(bytes, length)) {
        throw new IOException("the checksum is another");
      }
      return CLASSES.contains(name)
          ? classSnapshot(new SnapshotReader(bytes, length, name.equals(CLASS)))
          : SnapshotCbor.mapper().readerFor(TYPES.get(name)).readValue(bytes, 0, length);
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      var unreadable = new NotSerializableException("a snapshot called " + name + " is unreadable");
      unreadable.initCause(e);
      throw unreadable;
    }
  }

  private static Versioned<ClassState> classSnapshot(SnapshotReader from) throws IOException {
    var kept = new Versioned<>(from.number(), ClassSnapshotCodec.read(from));
    from.end();
    return kept;
  }

  private static int checksum(byte[] bytes, int length) {
    var checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }
}
