package org.skillvoucher.domain.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.receipt.KeyRing.SignatureCheck;
import org.skillvoucher.domain.receipt.KeyRing.VerificationKey;
import org.skillvoucher.domain.receipt.ReceiptVerification.Invalid;
import org.skillvoucher.domain.receipt.ReceiptVerification.Valid;

/**
 * The rules alone; the stub's signature is the payload's first octets, so nothing here is secret.
 */
final class ReceiptVerifierTest {
  private static final long NOW = 1_763_686_800_000L;
  private static final KeyId KEY = new KeyId(0x8123456789abcdefL);
  private static final ReceiptDraft DRAFT =
      new ReceiptDraft(
          "01JD5KZ0Z8A1B2C3D4E5F6G7H8",
          Act.IN,
          "CLASS1/L01",
          7,
          ReceiptDraft.NO_PREVIOUS,
          NOW,
          "B".repeat(43),
          NOW - 250,
          "V1");
  private static final String GOLDEN =
      """
      {"$t":"vtr1.sm2","act":"in","cls":"CLASS1/L01","iat":1763686800000,\
      "id":"01JD5KZ0Z8A1B2C3D4E5F6G7H8","iss":"urn:test","ph":"%s","sq":7,"sub":"%s",\
      "tap":1763686799750,"vch":"V1"}"""
          .formatted("A".repeat(43), "B".repeat(43));

  private static byte[] sign(byte[] payload) {
    return Arrays.copyOf(payload, ReceiptRecord.SIGNATURE_OCTETS);
  }

  private static byte[] record(String payload) {
    byte[] bytes = payload.getBytes(UTF_8);
    return ReceiptRecord.of(Suite.SM2, KEY, sign(bytes), bytes).bytes();
  }

  private static ReceiptVerification verify(byte[] record) {
    VerificationKey key =
        new VerificationKey() {
          @Override
          public boolean validAt(long epochMillis) {
            return epochMillis >= NOW && epochMillis <= NOW + 1000;
          }

          @Override
          public SignatureCheck check(byte[] payload, byte[] signature) {
            if (Arrays.equals(signature, new byte[ReceiptRecord.SIGNATURE_OCTETS])) {
              return SignatureCheck.OUT_OF_RANGE;
            }
            return Arrays.equals(signature, sign(payload))
                ? SignatureCheck.OK
                : SignatureCheck.BAD_SIGNATURE;
          }
        };
    return ReceiptVerifier.verify(
        record,
        (suite, id) -> suite == Suite.SM2 && id.equals(KEY) ? Optional.of(key) : Optional.empty());
  }

  private static void assertFlaw(Flaw flaw, byte[] record) {
    assertEquals(new Invalid(flaw), verify(record));
  }

  private static byte[] with(int position, int value) {
    byte[] record = record(GOLDEN);
    record[position] = (byte) value;
    return record;
  }

  @Test
  void aReceiptSaysWhatWasDrafted() {
    ReceiptPayload payload = new ReceiptPayload(Suite.SM2, "urn:test", DRAFT);
    assertEquals(GOLDEN, new String(payload.bytes(), UTF_8));
    assertEquals(new Valid(payload, ReceiptRecord.parse(record(GOLDEN))), verify(record(GOLDEN)));
  }

  @Test
  void aPayloadReadsBackWithAndWithoutVoucherAndDevice() {
    ReceiptDraft bare =
        new ReceiptDraft("I", Act.VOID, "C/L", 1, ReceiptDraft.NO_PREVIOUS, 0, "S", 0, "");
    for (ReceiptDraft draft : new ReceiptDraft[] {DRAFT, bare}) {
      for (Suite suite : Suite.values()) {
        for (ReceiptDraft each : List.of(draft, offlineOnDevice(draft))) {
          ReceiptPayload payload = new ReceiptPayload(suite, "urn:test", each);
          assertEquals(Optional.of(payload), ReceiptPayload.parse(payload.bytes()));
        }
      }
    }
    assertEquals(
        "{\"$t\":\"vtr1.sm2\",\"act\":\"void\",\"cls\":\"C/L\",\"iat\":0,\"id\":\"I\",\"iss\":\"i\",\"ph\":\""
            + ReceiptDraft.NO_PREVIOUS
            + "\",\"sq\":1,\"sub\":\"S\",\"tap\":0}",
        new String(new ReceiptPayload(Suite.SM2, "i", bare).bytes(), UTF_8));
  }

  private static ReceiptDraft offlineOnDevice(ReceiptDraft draft) {
    return new ReceiptDraft(
        draft.id(),
        draft.act(),
        draft.place(),
        draft.sequence(),
        draft.previousHash(),
        draft.issuedAtMillis(),
        draft.subject(),
        new ReceiptDraft.Tap(5, Optional.of(1L), Optional.of(9L)),
        draft.voucher(),
        Optional.of(new ReceiptDraft.Device("K1", 9, "H")));
  }

  @Test
  void anOfflineReceiptBoundsItsTapAndNamesTheDevicesStatement() {
    assertEquals(
        GOLDEN
            .replace(",\"iat\"", ",\"dev\":\"K1\",\"dh\":\"H\",\"dsq\":9,\"hi\":9,\"iat\"")
            .replace("\"ph\"", "\"lo\":1,\"ph\"")
            .replace("1763686799750", "5"),
        new String(
            new ReceiptPayload(Suite.SM2, "urn:test", offlineOnDevice(DRAFT)).bytes(), UTF_8));
  }

  @Test
  void aPayloadWhichNoVerifierWouldTakeIsNotMade() {
    ReceiptDraft noSequence =
        new ReceiptDraft("I", Act.IN, "C/L", 0, ReceiptDraft.NO_PREVIOUS, 0, "S", 0, "");
    assertThrows(
        IllegalArgumentException.class,
        () -> new ReceiptPayload(Suite.SM2, "urn:test", noSequence).bytes());
    assertThrows(
        IllegalArgumentException.class, () -> new ReceiptPayload(Suite.SM2, "", DRAFT).bytes());
  }

  @Test
  void theShapeIsCheckedFirst() {
    assertFlaw(Flaw.LENGTH, new byte[0]);
    assertFlaw(Flaw.LENGTH, Arrays.copyOf(record(GOLDEN), 74));
    assertFlaw(Flaw.LENGTH, Arrays.copyOf(record(GOLDEN), 74 + 2049));
    assertFlaw(Flaw.FORMAT, with(0, 0x81));
    assertFlaw(Flaw.SUITE, with(1, 0x03));
    assertFlaw(Flaw.SUITE, with(1, 0x00));
  }

  @Test
  void anUnknownKeyOrAKeyOfAnotherSuiteIsNoKey() {
    assertFlaw(Flaw.KEY, with(2, 0));
    assertFlaw(Flaw.KEY, with(9, 0));
    assertFlaw(Flaw.KEY, with(1, 0x02));
  }

  @Test
  void theKeyMustHaveBeenValidWhenTheReceiptWasIssued() {
    assertFlaw(Flaw.KEY, record(GOLDEN.replace("1763686800000", "1763686799999")));
    assertFlaw(Flaw.KEY, record(GOLDEN.replace("1763686800000", "1763686801001")));
    assertEquals(
        Valid.class, verify(record(GOLDEN.replace("1763686800000", "1763686801000"))).getClass());
  }

  @Test
  void onlyTheOneCanonicalTextIsAReceipt() {
    assertFlaw(Flaw.NOT_CANONICAL, record(GOLDEN.replace(",\"act\"", ", \"act\"")));
    assertFlaw(Flaw.NOT_CANONICAL, record(GOLDEN + "\n"));
    assertFlaw(Flaw.NOT_CANONICAL, record(GOLDEN.replace("\"sq\":7", "\"sq\":7,\"sq\":7")));
    assertFlaw(Flaw.NOT_CANONICAL, record(GOLDEN.replace("\"sq\":7", "\"sq\":7.0")));
    assertFlaw(Flaw.NOT_CANONICAL, record(GOLDEN.replace("\"sq\":7", "\"sq\":9007199254740993")));
    assertFlaw(Flaw.NOT_CANONICAL, record(GOLDEN.replace("\"in\"", "\"\\u0069n\"")));
    assertFlaw(Flaw.NOT_CANONICAL, record(GOLDEN.replace(",\"vch\":\"V1\"", ",\"vch\":null")));
    assertFlaw(Flaw.NOT_CANONICAL, record("x"));
    String actLast = GOLDEN.replace("\"act\":\"in\",", "").replace("}", ",\"act\":\"in\"}");
    assertFlaw(Flaw.NOT_CANONICAL, record(actLast));
  }

  @Test
  void theTypeAgreesWithTheSuite() {
    assertFlaw(Flaw.TYPE, record(GOLDEN.replace("vtr1.sm2", "vtr1.ed25519")));
    assertFlaw(Flaw.TYPE, record(GOLDEN.replace("vtr1.sm2", "vtr2.sm2")));
    assertFlaw(Flaw.TYPE, record(GOLDEN.replace("\"vtr1.sm2\"", "1")));
    assertFlaw(Flaw.TYPE, record("{}"));
  }

  @Test
  void theSignatureIsOverThePayload() {
    assertFlaw(Flaw.SIGNATURE, with(10, 0));
    byte[] zeros = record(GOLDEN);
    Arrays.fill(zeros, 10, 74, (byte) 0);
    assertFlaw(Flaw.RANGE, zeros);
  }

  @Test
  void anUnknownActIsDistinguishedFromAMissingOne() {
    assertFlaw(Flaw.ACT, record(GOLDEN.replace("\"in\"", "\"IN\"")));
    assertFlaw(Flaw.MEMBER, record(GOLDEN.replace("\"act\":\"in\",", "")));
  }

  @Test
  void everyMemberIsThereOnceAndOfItsKindAndNoOther() {
    assertFlaw(Flaw.MEMBER, record(GOLDEN.replace("\"sq\":7,", "")));
    assertFlaw(Flaw.MEMBER, record(GOLDEN.replace("\"sq\":7,", "\"sq\":0,")));
    assertFlaw(Flaw.MEMBER, record(GOLDEN.replace("\"sq\":7,", "\"sq\":\"7\",")));
    assertFlaw(Flaw.MEMBER, record(GOLDEN.replace("\"iat\":1763686800000,", "")));
    assertFlaw(Flaw.MEMBER, record(GOLDEN.replace("\"vch\":\"V1\"", "\"vch\":\"\"")));
    assertFlaw(Flaw.MEMBER, record(GOLDEN.replace("}", ",\"zz\":\"1\"}")));
    assertFlaw(Flaw.MEMBER, record(GOLDEN.replace("\"iat\"", "\"dev\":\"K1\",\"iat\"")));
    assertFlaw(Flaw.MEMBER, record(GOLDEN.replace("\"V1\"", "[\"V1\"]")));
  }

  @Test
  void aRecordGivesBackItsParts() {
    ReceiptRecord record = ReceiptRecord.parse(record(GOLDEN));
    assertEquals(KEY, record.key());
    assertEquals("8123456789abcdef", record.key().toString());
    assertEquals(Suite.SM2, record.suite());
    assertEquals(GOLDEN, new String(record.payload(), UTF_8));
    assertArrayEquals(sign(GOLDEN.getBytes(UTF_8)), record.signature());
    assertThrows(
        IllegalArgumentException.class,
        () -> ReceiptRecord.of(Suite.SM2, KEY, new byte[63], new byte[1]));
    assertThrows(
        IllegalArgumentException.class,
        () -> ReceiptRecord.of(Suite.SM2, KEY, new byte[65], new byte[1]));
    assertThrows(
        IllegalArgumentException.class,
        () -> ReceiptRecord.of(Suite.SM2, KEY, new byte[64], new byte[2049]));
    assertThrows(IllegalArgumentException.class, () -> ReceiptRecord.parse(new byte[75]));
  }
}
