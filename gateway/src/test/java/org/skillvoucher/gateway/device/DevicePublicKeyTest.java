package org.skillvoucher.gateway.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.domain.device.DeviceSuite;

class DevicePublicKeyTest {
  @ParameterizedTest
  @EnumSource(DeviceSuite.class)
  void theSuiteFollowsFromTheKey(DeviceSuite suite) {
    String spki = DeviceKey.of(suite, "kiosk").publicKey();
    assertEquals(Optional.of(new DevicePublicKey(suite, spki)), DevicePublicKey.parse(spki));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "MFkw", "not base64!", "MFkw\n", "AAAAAAAAAAAAAAAAAAAAAAAA"})
  void whatIsNoKeyIsNone(String text) {
    assertEquals(Optional.empty(), DevicePublicKey.parse(text));
  }

  @ParameterizedTest
  @EnumSource(DeviceSuite.class)
  void aKeyIsWrittenInOneWayOnly(DeviceSuite suite) {
    String spki = DeviceKey.of(suite, "kiosk").publicKey();
    byte[] der = Base64.getUrlDecoder().decode(spki);
    assertEquals(Optional.empty(), DevicePublicKey.parse(spki + "="));
    assertEquals(Optional.empty(), DevicePublicKey.parse(" " + spki));
    assertEquals(
        Optional.empty(),
        DevicePublicKey.parse(text(java.util.Arrays.copyOf(der, der.length + 1))));
    assertEquals(
        Optional.empty(),
        DevicePublicKey.parse(text(java.util.Arrays.copyOf(der, der.length - 1))));
  }

  @ParameterizedTest
  @EnumSource(
      value = DeviceSuite.class,
      names = {"SM2", "P256"})
  void aPointBesideTheCurveIsNoKey(DeviceSuite suite) {
    byte[] der = Base64.getUrlDecoder().decode(DeviceKey.of(suite, "kiosk").publicKey());
    der[der.length - 1] ^= 1;
    assertEquals(Optional.empty(), DevicePublicKey.parse(text(der)));
  }

  @Test
  void aCompressedPointIsRefusedForTheSameKeyWouldHaveTwoNames() {
    byte[] der = Base64.getUrlDecoder().decode(DeviceKey.of(DeviceSuite.P256, "k").publicKey());
    byte[] compressed = new byte[der.length - 32];
    System.arraycopy(der, 0, compressed, 0, compressed.length);
    compressed[1] = (byte) (der[1] - 32); // the sequence's length
    compressed[24] = (byte) (der[24] - 32); // the bit string's
    compressed[26] = (byte) ((der[der.length - 1] & 1) == 0 ? 2 : 3);
    assertEquals(Optional.empty(), DevicePublicKey.parse(text(compressed)));
  }

  @Test
  void aKeyOfAnotherAlgorithmOrCurveIsNone() throws GeneralSecurityException {
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    assertEquals(Optional.empty(), parsed(rsa));
    KeyPairGenerator other = KeyPairGenerator.getInstance("EC");
    other.initialize(new ECGenParameterSpec("secp384r1"));
    assertEquals(Optional.empty(), parsed(other));
    assertEquals(Optional.empty(), parsed(KeyPairGenerator.getInstance("X25519")));
    assertEquals(Optional.empty(), parsed(KeyPairGenerator.getInstance("Ed448")));
  }

  private static Optional<DevicePublicKey> parsed(KeyPairGenerator keys) {
    return DevicePublicKey.parse(text(keys.generateKeyPair().getPublic().getEncoded()));
  }

  private static String text(byte[] der) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(der);
  }
}
