package org.skillvoucher.gateway.journal.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.NotSerializableException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.skillvoucher.domain.institution.InstitutionState;
import org.skillvoucher.domain.trainingclass.ClassState;
import org.skillvoucher.domain.voucher.VoucherState;
import org.skillvoucher.gateway.journal.event.FieldSamples;
import org.skillvoucher.gateway.journal.event.Samples;

class SnapshotSerializerTest {
  private final SnapshotSerializer serializer = new SnapshotSerializer();

  static Stream<Object> states() {
    var bound = new VoucherState.Bound(Samples.TERMS, Samples.CLASS_ID);
    ClassState.Open open = Samples.fullClass(3, 2);
    return Stream.of(
        new VoucherState.Unissued(),
        new VoucherState.Issued(Samples.TERMS),
        new VoucherState.Claimed(Samples.TERMS),
        bound,
        new VoucherState.Frozen(bound, "card lost"),
        new VoucherState.Completed(Samples.TERMS, Samples.CLASS_ID),
        new VoucherState.Expired(Samples.TERMS, true),
        new VoucherState.Lapsed(Samples.TERMS, Samples.CLASS_ID, "not_completed"),
        new VoucherState.Voided(Samples.TERMS, Optional.empty(), "issued twice", false),
        new VoucherState.Voided(Samples.TERMS, Optional.of(Samples.CLASS_ID), "left", true),
        new ClassState.Unfiled(),
        Samples.filedClass(),
        new ClassState.Returned(open.plan().filing(), "venue unclear"),
        Samples.approvedClass(),
        open,
        Samples.fieldClass(),
        new ClassState.Closed(open.plan(), open.ledger(), open.chain(), open.supervision()),
        new InstitutionState.Unknown(),
        FieldSamples.institution());
  }

  @ParameterizedTest
  @MethodSource("states")
  void aSnapshotReadsAsTheStateItWas(Object state) throws IOException {
    var kept = new Versioned<>(17, state);
    assertEquals(kept, serializer.fromBinary(serializer.toBinary(kept), serializer.manifest(kept)));
  }

  @Test
  void theNamesOfSnapshotsAreFixed() {
    assertEquals(
        "voucher.state/3", serializer.manifest(new Versioned<>(0, new VoucherState.Unissued())));
    assertEquals(
        "institution.state/3",
        serializer.manifest(new Versioned<>(0, new InstitutionState.Unknown())));
    assertEquals(
        "class.state/6", serializer.manifest(new Versioned<>(0, new ClassState.Unfiled())));
  }

  @Test
  void aClassOfSixtyOverTwentyDaysFitsIntoTensOfKilobytes() throws IOException {
    ClassState.Open state = Samples.fullClass(60, 40);
    assertEquals(4800, state.ledger().size());
    var kept = new Versioned<ClassState>(4900, state);
    byte[] bytes = serializer.toBinary(kept);
    assertTrue(bytes.length < 100 * 1024, "bytes: " + bytes.length);
    assertEquals(kept, serializer.fromBinary(bytes, "class.state/6"));
  }

  @Test
  void aDamagedOrForeignSnapshotIsRefused() {
    byte[] whole = serializer.toBinary(new Versioned<ClassState>(1, Samples.filedClass()));
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    assertThrows(
        NotSerializableException.class, () -> serializer.fromBinary(half, "class.state/6"));
    assertThrows(
        NotSerializableException.class, () -> serializer.fromBinary(whole, "class.state/9"));
    assertThrows(
        NotSerializableException.class, () -> serializer.fromBinary(new byte[0], "class.state/6"));
  }

  @Test
  void aSnapshotOfWhichOneBitIsAnotherIsRefused() {
    byte[] whole = serializer.toBinary(new Versioned<ClassState>(1, Samples.fullClass(3, 2)));
    for (int i = 0; i < whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= (byte) (1 << i % 8);
      assertThrows(
          NotSerializableException.class, () -> serializer.fromBinary(flipped, "class.state/6"));
    }
  }

  /** Its events are played again. */
  @Test
  void aSnapshotOfAnEarlierShapeIsPassedOver() {
    byte[] whole = serializer.toBinary(new Versioned<ClassState>(1, Samples.filedClass()));
    for (String earlier :
        List.of("class.state/1", "class.state/2", "class.state/3", "class.state/4")) {
      assertThrows(NotSerializableException.class, () -> serializer.fromBinary(whole, earlier));
    }
  }
}
