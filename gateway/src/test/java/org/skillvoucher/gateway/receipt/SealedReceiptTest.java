package org.skillvoucher.gateway.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.util.encoders.Hex;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.Flaw;
import org.skillvoucher.domain.receipt.KeyId;
import org.skillvoucher.domain.receipt.KeyRing.SignatureCheck;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.receipt.ReceiptPayload;
import org.skillvoucher.domain.receipt.ReceiptVerification;
import org.skillvoucher.domain.receipt.ReceiptVerification.Invalid;
import org.skillvoucher.domain.receipt.ReceiptVerification.Valid;
import org.skillvoucher.domain.receipt.ReceiptVerifier;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.receipt.Suite;

final class SealedReceiptTest {
  private static ReceiptKeys keys;
  private static CertificateRing ring;
  private static Sm2Sealer sealer;

  @BeforeAll
  static void makeKeys(@TempDir Path folder) {
    keys = SampleReceipts.keys(folder.resolve("keys"));
    ring = keys.ring();
    sealer = new Sm2Sealer(keys, SampleReceipts.ISSUER);
  }

  private static void assertFlaw(Flaw flaw, byte[] record) {
    assertEquals(new Invalid(flaw), ReceiptVerifier.verify(record, ring));
  }

  private static byte[] receipt() {
    return SampleReceipts.bytes(sealer.seal(SampleReceipts.draft(1)));
  }

  private static byte[] sealed(String from, String to) {
    return SampleReceipts.sealed(keys, SampleReceipts.payload().replace(from, to));
  }

  private static ReceiptDraft issuedAt(long epochMillis) {
    return new ReceiptDraft(
        "I", Act.IN, "C/L", 1, ReceiptDraft.NO_PREVIOUS, epochMillis, "S", epochMillis, "");
  }

  @Test
  void aSealedReceiptVerifiesAndHoldsItsDraft() {
    SealedReceipt sealed = sealer.seal(SampleReceipts.draft(7));
    Valid valid =
        assertInstanceOf(Valid.class, ReceiptVerifier.verify(SampleReceipts.bytes(sealed), ring));
    assertEquals(
        new ReceiptPayload(Suite.SM2, SampleReceipts.ISSUER, SampleReceipts.draft(7)),
        valid.payload());
    assertEquals(SampleReceipts.draft(7).id(), sealed.id());
    assertEquals(7, sealed.sequence());
    assertEquals(SampleReceipts.NOW.toEpochMilli() + 7, sealed.issuedAtMillis());
    assertEquals(
        Base64.getUrlEncoder().withoutPadding().encodeToString(Sm3.of(valid.record().payload())),
        sealed.payloadHash());
    assertEquals(43, sealed.payloadHash().length());
  }

  @Test
  void theIdentityStaysTheSameWhenSealedAgain() {
    SealedReceipt first = sealer.seal(SampleReceipts.draft(1));
    assertEquals(first.payloadHash(), sealer.seal(SampleReceipts.draft(1)).payloadHash());
  }

  @Test
  void changingAnyByteMakesItInvalid() {
    byte[] record = receipt();
    for (int position = 0; position < record.length; position++) {
      for (int bit : new int[] {0x01, 0x20, 0x80}) {
        byte[] altered = record.clone();
        altered[position] ^= (byte) bit;
        assertInstanceOf(Invalid.class, ReceiptVerifier.verify(altered, ring), "byte " + position);
      }
    }
  }

  @Test
  void cuttingOrLengtheningMakesItInvalid() {
    byte[] record = receipt();
    for (int length = 0; length < record.length; length++) {
      Flaw flaw = length < 75 ? Flaw.LENGTH : Flaw.NOT_CANONICAL;
      assertFlaw(flaw, Arrays.copyOf(record, length));
    }
    assertFlaw(Flaw.NOT_CANONICAL, Arrays.copyOf(record, record.length + 1));
    assertFlaw(Flaw.LENGTH, Arrays.copyOf(record, 74 + 2049));
  }

  @Test
  void aSignatureOf63Or65BytesIsNoReceipt() {
    byte[] record = receipt();
    byte[] shorter = new byte[record.length - 1];
    System.arraycopy(record, 0, shorter, 0, 73);
    System.arraycopy(record, 74, shorter, 73, record.length - 74);
    assertFlaw(Flaw.NOT_CANONICAL, shorter);
    byte[] longer = new byte[record.length + 1];
    System.arraycopy(record, 0, longer, 0, 74);
    System.arraycopy(record, 74, longer, 75, record.length - 74);
    assertFlaw(Flaw.NOT_CANONICAL, longer);
  }

  @Test
  void numbersOfZeroOrNotBelowTheOrderAreOutOfRange() {
    BigInteger order = Sm2.CURVE.getN();
    List<BigInteger> odd =
        List.of(
            BigInteger.ZERO,
            order,
            order.add(BigInteger.ONE),
            BigInteger.TWO.pow(256).subtract(BigInteger.ONE));
    for (BigInteger number : odd) {
      byte[] bytes = number.add(BigInteger.TWO.pow(256)).toByteArray();
      for (int at : new int[] {10, 42}) {
        byte[] record = receipt();
        System.arraycopy(bytes, bytes.length - 32, record, at, 32);
        assertFlaw(Flaw.RANGE, record);
      }
    }
  }

  @Test
  void theOtherSolutionOfOtherSchemesIsNoSignature() {
    // ECDSA accepts n - s for s, SM2 does not.
    byte[] record = receipt();
    BigInteger s = new BigInteger(1, record, 42, 32);
    byte[] other = Sm2.CURVE.getN().subtract(s).add(BigInteger.TWO.pow(256)).toByteArray();
    System.arraycopy(other, other.length - 32, record, 42, 32);
    assertFlaw(Flaw.SIGNATURE, record);
  }

  @Test
  void whatTheKeySignedButIsNoReceiptIsInvalid() {
    assertFlaw(Flaw.NOT_CANONICAL, sealed("{", "{ "));
    assertFlaw(Flaw.NOT_CANONICAL, sealed("\"sq\":1,", "\"sq\":1,\"sq\":1,"));
    assertFlaw(Flaw.NOT_CANONICAL, sealed("\"sq\":1,", "\"sq\":1.0,"));
    assertFlaw(Flaw.TYPE, sealed("vtr1.sm2", "vtr1.ed25519"));
    assertFlaw(Flaw.ACT, sealed("\"in\"", "\"inn\""));
    assertFlaw(Flaw.MEMBER, sealed("\"sq\":1,", "\"sq\":\"1\","));
  }

  @Test
  void anUnknownKeyIsNoKey(@TempDir Path folder) {
    ReceiptKeys others = SampleReceipts.keys(folder.resolve("keys"));
    byte[] record = receipt();
    assertEquals(new Invalid(Flaw.KEY), ReceiptVerifier.verify(record, others.ring()));
    // Under the other's id it is a forgery.
    byte[] forged = SampleReceipts.sealed(others, SampleReceipts.payload());
    System.arraycopy(record, 2, forged, 2, 8);
    assertFlaw(Flaw.SIGNATURE, forged);
  }

  @Test
  void aReceiptFromOutsideTheCertificatesTimeIsInvalidAndNeverSealed() {
    long first = keys.validFrom().toEpochMilli();
    long last = keys.validUntil().toEpochMilli() - 1;
    for (long within : new long[] {first, last}) {
      byte[] record = SampleReceipts.bytes(sealer.seal(issuedAt(within)));
      assertInstanceOf(Valid.class, ReceiptVerifier.verify(record, ring));
    }
    for (long outside : new long[] {first - 1, last + 1}) {
      ReceiptDraft draft = issuedAt(outside);
      assertThrows(IllegalStateException.class, () -> sealer.seal(draft));
      String payload =
          new String(new ReceiptPayload(Suite.SM2, SampleReceipts.ISSUER, draft).bytes(), UTF_8);
      assertFlaw(Flaw.KEY, SampleReceipts.sealed(keys, payload));
    }
  }

  @Test
  void manyThreadsSealAtOnce() throws Exception {
    int threadCount = 8;
    int receiptsEach = 50;
    List<Callable<List<SealedReceipt>>> work = new ArrayList<>();
    for (int thread = 0; thread < threadCount; thread++) {
      long from = (long) thread * receiptsEach;
      work.add(
          () -> {
            List<SealedReceipt> sealed = new ArrayList<>();
            for (int i = 1; i <= receiptsEach; i++) {
              sealed.add(sealer.seal(SampleReceipts.draft(from + i)));
            }
            return sealed;
          });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(threadCount)) {
      for (Future<List<SealedReceipt>> future : threads.invokeAll(work)) {
        for (SealedReceipt sealed : future.get()) {
          ReceiptVerification verification =
              ReceiptVerifier.verify(SampleReceipts.bytes(sealed), ring);
          Valid valid = assertInstanceOf(Valid.class, verification);
          assertEquals(SampleReceipts.draft(sealed.sequence()), valid.payload().draft());
        }
      }
    }
  }

  @Test
  void anEd25519ReceiptVerifiesAndNoAlteredOne(@TempDir Path folder) throws IOException {
    byte[] record = SampleReceipts.ed25519(folder);
    CertificateRing trusted = CertificateRing.of(folder);
    assertInstanceOf(Valid.class, ReceiptVerifier.verify(record, trusted));
    for (int position = 0; position < record.length; position++) {
      byte[] altered = record.clone();
      altered[position] ^= 1;
      assertInstanceOf(Invalid.class, ReceiptVerifier.verify(altered, trusted));
    }
    byte[] tooLarge = record.clone();
    Arrays.fill(tooLarge, 42, 74, (byte) 0xff);
    assertEquals(new Invalid(Flaw.RANGE), ReceiptVerifier.verify(tooLarge, trusted));
  }

  @Test
  void sm2VerifiesTheStandardsExample() {
    // GB/T 32918.5-2017, A.2: "message digest" under the default user id.
    ECPublicKeyParameters key =
        new ECPublicKeyParameters(
            Sm2.CURVE
                .getCurve()
                .decodePoint(
                    Hex.decode(
                        "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
                            + "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13")),
            Sm2.CURVE);
    byte[] signature =
        Hex.decode(
            "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
                + "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");
    PublicKey sm2 = new PublicKey.Sm2Key(new KeyId(0), key);
    assertEquals(SignatureCheck.OK, sm2.check("message digest".getBytes(UTF_8), signature));
    assertEquals(
        SignatureCheck.BAD_SIGNATURE, sm2.check("message digesT".getBytes(UTF_8), signature));
  }

  @Test
  void ed25519VerifiesTheStandardsExample() {
    // RFC 8032, 7.1, test 3.
    PublicKey key =
        new PublicKey.Ed25519Key(
            new KeyId(0),
            new Ed25519PublicKeyParameters(
                Hex.decode("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025")));
    byte[] signature =
        Hex.decode(
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
    assertEquals(SignatureCheck.OK, key.check(Hex.decode("af82"), signature));
    assertEquals(SignatureCheck.BAD_SIGNATURE, key.check(Hex.decode("af83"), signature));
  }
}
