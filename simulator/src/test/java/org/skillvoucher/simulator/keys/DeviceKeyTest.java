package org.skillvoucher.simulator.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.skillvoucher.domain.device.DeviceSuite;

final class DeviceKeyTest {
  private static final byte[] MESSAGE = "签到".getBytes(UTF_8);

  @ParameterizedTest
  @EnumSource(DeviceSuite.class)
  void oneSeedMakesOneKeyAndAnotherMakesAnother(DeviceSuite suite) {
    assertEquals(DeviceKey.of(suite, "1/a").publicKey(), DeviceKey.of(suite, "1/a").publicKey());
    assertNotEquals(DeviceKey.of(suite, "1/a").publicKey(), DeviceKey.of(suite, "1/b").publicKey());
  }

  @ParameterizedTest
  @EnumSource(DeviceSuite.class)
  void aSignatureHas64BytesAndAHash32(DeviceSuite suite) {
    DeviceKey key = DeviceKey.of(suite, "seed");
    assertEquals(64, bytes(key.sign(MESSAGE)).length);
    assertEquals(32, bytes(key.hash(MESSAGE)).length);
  }

  @Test
  void theJdkVerifiesEd25519AndP256() throws GeneralSecurityException {
    assertTrue(jdkVerifies(DeviceKey.of(DeviceSuite.ED25519, "seed"), "Ed25519", "Ed25519"));
    assertTrue(
        jdkVerifies(DeviceKey.of(DeviceSuite.P256, "seed"), "EC", "SHA256withECDSAinP1363Format"));
  }

  @Test
  void sm2IsSignedUnderTheUsualUserId() throws Exception {
    DeviceKey key = DeviceKey.of(DeviceSuite.SM2, "seed");
    SM2Signer verifier = new SM2Signer(PlainDSAEncoding.INSTANCE);
    verifier.init(
        false,
        new ParametersWithID(
            PublicKeyFactory.createKey(bytes(key.publicKey())),
            "1234567812345678".getBytes(UTF_8)));
    verifier.update(MESSAGE, 0, MESSAGE.length);
    assertTrue(verifier.verifySignature(bytes(key.sign(MESSAGE))));
    assertEquals(
        Sm3.hashHex(MESSAGE), java.util.HexFormat.of().formatHex(bytes(key.hash(MESSAGE))));
  }

  private static boolean jdkVerifies(DeviceKey key, String algorithm, String signature)
      throws GeneralSecurityException {
    PublicKey publicKey =
        KeyFactory.getInstance(algorithm)
            .generatePublic(new X509EncodedKeySpec(bytes(key.publicKey())));
    Signature verifier = Signature.getInstance(signature);
    verifier.initVerify(publicKey);
    verifier.update(MESSAGE);
    return verifier.verify(bytes(key.sign(MESSAGE)));
  }

  private static byte[] bytes(String base64url) {
    return Base64.getUrlDecoder().decode(base64url);
  }
}
