package org.skillvoucher.gateway.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.gateway.device.DeviceSignatures.Verification;

class DeviceSignaturesTest {
  private static final byte[] STATEMENT = "{\"$t\":\"vds1.sm2\"}".getBytes(UTF_8);

  private final DeviceSignatures signatures = new DeviceSignatures(10);

  private Verification verify(DeviceKey key, byte[] statement, byte[] signature) {
    return signatures.verify(publicKey(key), key.suite(), statement, signature);
  }

  private static DevicePublicKey publicKey(DeviceKey key) {
    return DevicePublicKey.parse(key.publicKey()).orElseThrow();
  }

  private static byte[] signed(DeviceKey key) {
    return Base64.getUrlDecoder().decode(key.sign(STATEMENT));
  }

  @ParameterizedTest
  @EnumSource(DeviceSuite.class)
  void aStatementWithItsDevicesSignatureIsValid(DeviceSuite suite) {
    DeviceKey key = DeviceKey.of(suite, "kiosk");
    assertEquals(Verification.VALID, verify(key, STATEMENT, signed(key)));
    assertEquals(Verification.VALID, verify(key, STATEMENT, signed(key)), "from the cache");
  }

  @ParameterizedTest
  @EnumSource(DeviceSuite.class)
  void anotherDevicesSignatureIsInvalid(DeviceSuite suite) {
    DeviceKey key = DeviceKey.of(suite, "kiosk");
    assertEquals(
        Verification.INVALID, verify(key, STATEMENT, signed(DeviceKey.of(suite, "another"))));
  }

  @ParameterizedTest
  @EnumSource(DeviceSuite.class)
  void everyAlteredByteOfStatementOrSignatureIsInvalid(DeviceSuite suite) {
    DeviceKey key = DeviceKey.of(suite, "kiosk");
    byte[] signature = signed(key);
    for (int i = 0; i < STATEMENT.length; i++) {
      byte[] altered = STATEMENT.clone();
      altered[i] ^= 1;
      assertEquals(Verification.INVALID, verify(key, altered, signature), "statement " + i);
    }
    for (int i = 0; i < signature.length; i++) {
      byte[] altered = signature.clone();
      altered[i] ^= 1;
      assertEquals(Verification.INVALID, verify(key, STATEMENT, altered), "signature " + i);
    }
  }

  @ParameterizedTest
  @EnumSource(DeviceSuite.class)
  void aSignatureOfAnotherLengthOrOutOfRangeIsInvalid(DeviceSuite suite) {
    DeviceKey key = DeviceKey.of(suite, "kiosk");
    byte[] signature = signed(key);
    for (int length : new int[] {0, 1, 63, 65, 128}) {
      assertEquals(Verification.INVALID, verify(key, STATEMENT, Arrays.copyOf(signature, length)));
    }
    byte[] ones = new byte[64];
    Arrays.fill(ones, (byte) 0xff);
    assertEquals(Verification.INVALID, verify(key, STATEMENT, ones));
    assertEquals(Verification.INVALID, verify(key, STATEMENT, new byte[64]));
    byte[] noR = signature.clone();
    Arrays.fill(noR, 0, 32, (byte) 0);
    assertEquals(Verification.INVALID, verify(key, STATEMENT, noR));
    byte[] noS = signature.clone();
    Arrays.fill(noS, 32, 64, (byte) 0);
    assertEquals(Verification.INVALID, verify(key, STATEMENT, noS));
  }

  @ParameterizedTest
  @CsvSource({"SM2,ED25519", "SM2,P256", "ED25519,SM2", "ED25519,P256", "P256,SM2", "P256,ED25519"})
  void aStatementOfAnotherSuiteThanTheKeyIsASuiteMismatch(DeviceSuite own, DeviceSuite claimed) {
    DeviceKey key = DeviceKey.of(own, "kiosk");
    assertEquals(
        Verification.SUITE_MISMATCH,
        signatures.verify(publicKey(key), claimed, STATEMENT, signed(key)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ALICE123@YAHOO.COM"})
  void anSm2SignatureUnderAWellKnownOtherUserIdIsASuiteMismatch(String userId) {
    DeviceKey key = DeviceKey.of(DeviceSuite.SM2, "kiosk");
    assertEquals(
        Verification.SUITE_MISMATCH, verify(key, STATEMENT, key.signature(STATEMENT, userId)));
  }

  @Test
  void anSm2SignatureUnderAnUnknownUserIdIsInvalid() {
    DeviceKey key = DeviceKey.of(DeviceSuite.SM2, "kiosk");
    assertEquals(
        Verification.INVALID, verify(key, STATEMENT, key.signature(STATEMENT, "nobody's")));
  }

  /** Made with OpenSSL 3.0: pkeyutl -rawin -digest sm3 -pkeyopt distid:1234567812345678. */
  @Test
  void whatOpenSslSignsWithSm2IsValid() {
    String spki =
        "MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAEpHvte7hRDhWQFUSHMKuBuxJ97fBWQTCf6iNoGQOau_DLBTpzK4PdBu_p"
            + "4IcMWrDmccC0KQZqEVnnOd7blQ4YNA";
    byte[] signature =
        HexFormat.of()
            .parseHex(
                "4896F132AB074E3A339687F25DB763BB4C3A66D684EA746CA3AA5E76287E9C58"
                    + "0A103085E50CED9544D461B5BDB8D8C417E3A119118D6009910E387D410F154F");
    DevicePublicKey key = DevicePublicKey.parse(spki).orElseThrow();
    assertEquals(DeviceSuite.SM2, key.suite());
    assertEquals(Verification.VALID, signatures.verify(key, DeviceSuite.SM2, STATEMENT, signature));
  }

  @Test
  void whatTheJdkSignsIsValid() throws GeneralSecurityException {
    KeyPair ed = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    assertEquals(Verification.VALID, byJdk(ed, "Ed25519", DeviceSuite.ED25519));
    KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
    curve.initialize(new ECGenParameterSpec("secp256r1"));
    for (int i = 0; i < 20; i++) { // now and then r or s begins with a zero byte
      KeyPair p256 = curve.generateKeyPair();
      assertEquals(
          Verification.VALID, byJdk(p256, "SHA256withECDSAinP1363Format", DeviceSuite.P256));
    }
  }

  private Verification byJdk(KeyPair pair, String algorithm, DeviceSuite suite)
      throws GeneralSecurityException {
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(pair.getPrivate());
    signer.update(STATEMENT);
    String spki =
        Base64.getUrlEncoder().withoutPadding().encodeToString(pair.getPublic().getEncoded());
    DevicePublicKey key = DevicePublicKey.parse(spki).orElseThrow();
    assertEquals(suite, key.suite());
    return signatures.verify(key, suite, STATEMENT, signer.sign());
  }

  /** SM3 of "abc" is the example of GB/T 32905, SHA-256's that of FIPS 180. */
  @Test
  void eachSuiteHasItsOwnHash() {
    byte[] abc = "abc".getBytes(UTF_8);
    assertEquals(
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
        HexFormat.of().formatHex(DeviceSignatures.hash(DeviceSuite.SM2, abc)));
    String sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assertEquals(sha256, HexFormat.of().formatHex(DeviceSignatures.hash(DeviceSuite.ED25519, abc)));
    assertEquals(sha256, HexFormat.of().formatHex(DeviceSignatures.hash(DeviceSuite.P256, abc)));
    assertEquals(43, DeviceSignatures.hashText(DeviceSuite.SM2, abc).length());
  }
}
