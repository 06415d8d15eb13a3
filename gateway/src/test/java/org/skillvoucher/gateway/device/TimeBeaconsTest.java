package org.skillvoucher.gateway.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.domain.canonical.CanonicalJson;
import org.skillvoucher.domain.receipt.ReceiptRecord;
import org.skillvoucher.domain.receipt.ReceiptVerification;
import org.skillvoucher.domain.receipt.ReceiptVerifier;
import org.skillvoucher.gateway.device.TimeBeacons.Beacon;
import org.skillvoucher.gateway.receipt.CertificateRing;
import org.skillvoucher.gateway.receipt.ReceiptKeys;
import org.skillvoucher.gateway.receipt.SampleReceipts;

class TimeBeaconsTest {
  private static final Instant NOW = SampleReceipts.NOW;
  private static final String DEVICE = "DABCD0123456789X-1";
  private static final String PAYLOAD =
      """
      {"$t":"vtb1.sm2","dev":"%s","ep":3,"iat":%d,"iss":"urn:skillvoucher:test"}"""
          .formatted(DEVICE, NOW.toEpochMilli());

  private final Path folder;
  private final ReceiptKeys keys;
  private final TimeBeacons beacons;

  TimeBeaconsTest(@TempDir Path folder) {
    this.folder = folder;
    this.keys = SampleReceipts.keys(folder.resolve("own"));
    this.beacons = new TimeBeacons(keys, SampleReceipts.ISSUER);
  }

  private String sealed(String payload) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(SampleReceipts.sealed(keys, payload));
  }

  @Test
  void aBeaconHoldsItsDeviceItsBootAndItsTime() {
    String text = beacons.issue(DEVICE, 3, NOW);
    Optional<Beacon> read = Optional.of(new Beacon(DEVICE, 3, NOW));
    assertEquals(read, beacons.read(text));
    assertEquals(read, beacons.read(text), "known from before");
    assertTrue(text.length() <= 400, "a device sends it in each statement: " + text.length());
  }

  @Test
  void aBeaconIsARecordOfTheReceiptKeyOverCanonicalJson() throws Exception {
    ReceiptRecord record =
        ReceiptRecord.parse(Base64.getUrlDecoder().decode(beacons.issue(DEVICE, 3, NOW)));
    assertEquals(keys.id(), record.key());
    assertEquals(PAYLOAD, new String(record.payload(), UTF_8));
    Map<String, Object> members = CanonicalJson.parse(record.payload());
    assertEquals(5, members.size());
  }

  @Test
  void anotherNodeWithTheSameKeyReadsIt() {
    String text = beacons.issue(DEVICE, 3, NOW);
    assertEquals(
        Optional.of(new Beacon(DEVICE, 3, NOW)),
        new TimeBeacons(ReceiptKeys.load(folder.resolve("own")), "other").read(text));
  }

  @Test
  void anotherGatewaysBeaconProvesNothing() {
    TimeBeacons other =
        new TimeBeacons(SampleReceipts.keys(folder.resolve("other")), SampleReceipts.ISSUER);
    assertEquals(Optional.empty(), beacons.read(other.issue(DEVICE, 3, NOW)));
  }

  @Test
  void everyAlteredByteMakesItNone() {
    byte[] whole = Base64.getUrlDecoder().decode(beacons.issue(DEVICE, 3, NOW));
    for (int i = 0; i < whole.length; i++) {
      byte[] altered = whole.clone();
      altered[i] ^= 1;
      assertEquals(
          Optional.empty(),
          beacons.read(Base64.getUrlEncoder().withoutPadding().encodeToString(altered)),
          "byte " + i);
    }
  }

  @Test
  void aKeyThatWasNotValidAtThatTimeProvesNothing() {
    assertEquals(
        Optional.empty(), beacons.read(beacons.issue(DEVICE, 3, NOW.minus(Duration.ofDays(400)))));
    assertEquals(
        Optional.empty(), beacons.read(beacons.issue(DEVICE, 3, NOW.plus(Duration.ofDays(4_000)))));
  }

  @Test
  void theSamePayloadSealedByTheKeyIsABeacon() {
    assertEquals(Optional.of(new Beacon(DEVICE, 3, NOW)), beacons.read(sealed(PAYLOAD)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"$t\":\"vtb1.sm2\"}",
        "{\"$t\":\"vtb1.sm2\",\"dev\":\"D\",\"ep\":\"3\",\"iat\":1}",
        "{\"$t\":\"vtb2.sm2\",\"dev\":\"D\",\"ep\":3,\"iat\":1795222800000}",
        "no JSON"
      })
  void whateverElseTheKeySealedIsNone(String payload) {
    assertEquals(Optional.empty(), beacons.read(sealed(payload)));
  }

  @Test
  void aReceiptIsNoBeaconAndABeaconNoReceipt() {
    assertEquals(Optional.empty(), beacons.read(sealed(SampleReceipts.payload())));
    byte[] beacon = Base64.getUrlDecoder().decode(beacons.issue(DEVICE, 3, NOW));
    ReceiptVerification verified =
        ReceiptVerifier.verify(beacon, CertificateRing.ofPem(keys.certificatesPem()));
    assertInstanceOf(ReceiptVerification.Invalid.class, verified);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "AAAA", "not base64!", "beacon\n"})
  void whatIsNoRecordIsNone(String text) {
    assertEquals(Optional.empty(), beacons.read(text));
  }

  @Test
  void aTextWithoutEndIsNotLookedAt() {
    assertEquals(Optional.empty(), beacons.read("A".repeat(1_000_000)));
    assertNotEquals(
        Optional.empty(), beacons.read(beacons.issue("D".repeat(64), (1L << 53) - 1, NOW)));
  }
}
