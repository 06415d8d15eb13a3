package org.skillvoucher.gateway.journal;

import com.fasterxml.jackson.databind.JavaType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.skillvoucher.domain.institution.InstitutionState;
import org.skillvoucher.domain.trainingclass.ClassState;
import org.skillvoucher.domain.voucher.VoucherState;

/**
 * Keeps snapshots as gzip of JSON under names of their own. A snapshot is only a short cut: one
 * that cannot be read fails here, is ignored ({@code snapshot-is-optional}), and the events are
 * played again. So a state of another shape takes the next number, and nothing is migrated.
 */
final class SnapshotSerializer extends SerializerWithStringManifest {
  private static final int IDENTIFIER = 4201;
  private static final String VOUCHER = "voucher.state/1";
  private static final String INSTITUTION = "institution.state/1";
  private static final String CLASS = "class.state/2";
  private static final Map<String, JavaType> TYPES =
      Map.of(
          VOUCHER, JournalJson.kept(VoucherState.class),
          CLASS, JournalJson.kept(ClassState.class),
          INSTITUTION, JournalJson.kept(InstitutionState.class));

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object snapshot) {
    return switch (snapshot) {
      case Kept<?>(var revision, VoucherState state) -> VOUCHER;
      case Kept<?>(var revision, ClassState state) -> CLASS;
      case Kept<?>(var revision, InstitutionState state) -> INSTITUTION;
      case Object other ->
          throw new IllegalArgumentException("no snapshot name for " + other.getClass().getName());
    };
  }

  @Override
  public byte[] toBinary(Object snapshot) {
    JavaType type = typeOf(manifest(snapshot)).orElseThrow();
    var bytes = new ByteArrayOutputStream();
    try (var compressed = new FastGzip(bytes)) {
      JournalJson.mapper().writerFor(type).writeValue(compressed, snapshot);
    } catch (IOException e) {
      throw new IllegalStateException("cannot write a snapshot", e);
    }
    return bytes.toByteArray();
  }

  @Override
  public Object fromBinary(byte[] bytes, String name) throws NotSerializableException {
    JavaType type =
        typeOf(name)
            .orElseThrow(
                () -> new NotSerializableException("no snapshot of this version is " + name));
    try (var json = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return JournalJson.mapper().readValue(json, type);
    } catch (IOException | IllegalArgumentException e) {
      var unreadable = new NotSerializableException("a snapshot called " + name + " is unreadable");
      unreadable.initCause(e);
      throw unreadable;
    }
  }

  private static Optional<JavaType> typeOf(String name) {
    return Optional.ofNullable(TYPES.get(name));
  }

  /** Speed counts: the snapshot is written on the actor's thread. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(ByteArrayOutputStream bytes) throws IOException {
      super(bytes, 8192);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
