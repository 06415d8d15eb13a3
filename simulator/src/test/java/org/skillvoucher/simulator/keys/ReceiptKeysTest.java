package org.skillvoucher.simulator.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.Flaw;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.receipt.ReceiptVerification;
import org.skillvoucher.domain.receipt.ReceiptVerifier;

final class ReceiptKeysTest {
  private final KeyPair root = TestKeys.pair();
  private final KeyPair leaf = TestKeys.pair();
  private final String rootPem = TestKeys.certificate("CN=root", root, "CN=root", root);
  private final String leafPem = TestKeys.certificate("CN=root", root, "CN=receipts", leaf);

  private static byte[] receipt(KeyPair key, Instant at) {
    return TestKeys.seal(
        key,
        new ReceiptDraft(
            "01JNA5W3N2V0Q4T7Z9X8Y6B5C1",
            Act.IN,
            "C1/L1",
            1,
            ReceiptDraft.NO_PREVIOUS,
            at.toEpochMilli(),
            "A".repeat(43),
            at.toEpochMilli(),
            ""));
  }

  @Test
  void aReceiptOfAPublishedKeyIsValidWhileItsCertificateIs() {
    ReceiptKeys keys = ReceiptKeys.read(rootPem + leafPem);
    assertEquals(1, keys.leafCount());
    assertInstanceOf(
        ReceiptVerification.Valid.class,
        ReceiptVerifier.verify(receipt(leaf, TestKeys.FROM), keys));
    assertEquals(
        new ReceiptVerification.Invalid(Flaw.KEY),
        ReceiptVerifier.verify(receipt(leaf, TestKeys.UNTIL.plusMillis(1)), keys));
  }

  @Test
  void anAlteredReceiptOrAnotherKeysIsInvalid() {
    ReceiptKeys keys = ReceiptKeys.read(leafPem + rootPem);
    byte[] altered = receipt(leaf, TestKeys.FROM);
    altered[20] ^= 1;
    assertInstanceOf(ReceiptVerification.Invalid.class, ReceiptVerifier.verify(altered, keys));
    assertEquals(
        new ReceiptVerification.Invalid(Flaw.KEY),
        ReceiptVerifier.verify(receipt(TestKeys.pair(), TestKeys.FROM), keys));
  }

  @Test
  void theRootSealsNoReceipts() {
    assertEquals(
        new ReceiptVerification.Invalid(Flaw.KEY),
        ReceiptVerifier.verify(receipt(root, TestKeys.FROM), ReceiptKeys.read(rootPem + leafPem)));
  }

  @Test
  void aCertificateOfAnotherRootIsNotTrusted() {
    String foreign = TestKeys.certificate("CN=root", TestKeys.pair(), "CN=receipts", leaf);
    assertThrows(IllegalArgumentException.class, () -> ReceiptKeys.read(rootPem + foreign));
    assertThrows(IllegalArgumentException.class, () -> ReceiptKeys.read(leafPem));
    assertThrows(IllegalArgumentException.class, () -> ReceiptKeys.read(""));
  }

  @Test
  void aRootIsDistinguishedFromALeaf() {
    assertTrue(ReceiptKeys.isRoot(rootPem));
    assertFalse(ReceiptKeys.isRoot(leafPem));
    assertFalse(ReceiptKeys.isRoot(""));
  }
}
