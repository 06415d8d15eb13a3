package org.skillvoucher.gateway.device;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.gateway.security.Gm;

/** Verifies the signatures of devices' statements. Thread-safe. */
public final class DeviceSignatures {
  /** The result of a verification. */
  public enum Verification {
    VALID,
    INVALID,
    /** Of another suite than the device's key, or of SM2 under another user id than ours. */
    SUITE_MISMATCH
  }

  private static final int SIGNATURE_BYTES = 64;
  private static final byte[] USER_ID = "1234567812345678".getBytes(US_ASCII);

  /** User ids under which SM2 is signed by mistake: none, and the standard's example. */
  private static final List<byte[]> OTHER_IDS =
      List.of(new byte[0], "ALICE123@YAHOO.COM".getBytes(US_ASCII));

  private static final ECDomainParameters SM2 =
      new ECDomainParameters(CustomNamedCurves.getByOID(GMObjectIdentifiers.sm2p256v1));
  private static final ECDomainParameters P256 =
      new ECDomainParameters(CustomNamedCurves.getByOID(SECObjectIdentifiers.secp256r1));

  private final LoadingCache<DevicePublicKey, AsymmetricKeyParameter> keys;

  /**
   * Caches parsed keys.
   *
   * @param keysMax how many of them
   */
  public DeviceSignatures(int keysMax) {
    keys =
        Caffeine.newBuilder()
            .maximumSize(keysMax)
            .executor(Runnable::run)
            .build(DeviceSignatures::parse);
  }

  /**
   * Verifies the signature of a statement.
   *
   * @param claimed the suite the statement names
   */
  public Verification verify(
      DevicePublicKey key, DeviceSuite claimed, byte[] statement, byte[] signature) {
    if (claimed != key.suite()) {
      return Verification.SUITE_MISMATCH;
    }
    if (signature.length != SIGNATURE_BYTES) {
      return Verification.INVALID;
    }
    AsymmetricKeyParameter parsed = keys.get(key);
    return switch (key.suite()) {
      case ED25519 -> verification(ed25519(parsed, statement, signature));
      case P256 -> verification(p256(parsed, statement, signature));
      case SM2 -> sm2(parsed, statement, signature);
    };
  }

  /** The suite's hash: SM3 or SHA-256, 32 bytes. */
  public static byte[] hash(DeviceSuite suite, byte[] bytes) {
    return switch (suite) {
      case SM2 -> Gm.sm3(bytes);
      case ED25519 -> sha256(bytes);
      case P256 -> sha256(bytes);
    };
  }

  /** {@link #hash} as statements name it: base64url without padding. */
  public static String hashText(DeviceSuite suite, byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash(suite, bytes));
  }

  private static Verification verification(boolean valid) {
    return valid ? Verification.VALID : Verification.INVALID;
  }

  private static boolean ed25519(AsymmetricKeyParameter key, byte[] message, byte[] signature) {
    var signer = new Ed25519Signer();
    signer.init(false, (Ed25519PublicKeyParameters) key);
    signer.update(message, 0, message.length);
    return signer.verifySignature(signature);
  }

  private static boolean p256(AsymmetricKeyParameter key, byte[] message, byte[] signature) {
    var signer = new ECDSASigner();
    signer.init(false, key);
    return signer.verifySignature(
        sha256(message),
        new BigInteger(1, Arrays.copyOf(signature, 32)),
        new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)));
  }

  private static Verification sm2(AsymmetricKeyParameter key, byte[] message, byte[] signature) {
    if (sm2(key, USER_ID, message, signature)) {
      return Verification.VALID;
    }
    return OTHER_IDS.stream().anyMatch(id -> sm2(key, id, message, signature))
        ? Verification.SUITE_MISMATCH
        : Verification.INVALID;
  }

  private static boolean sm2(
      AsymmetricKeyParameter key, byte[] id, byte[] message, byte[] signature) {
    var signer = new SM2Signer(PlainDSAEncoding.INSTANCE);
    signer.init(false, new ParametersWithID(key, id));
    signer.update(message, 0, message.length);
    return signer.verifySignature(signature);
  }

  /** The same point on the custom curve, which is several times faster. */
  private static ECPublicKeyParameters onCurve(
      AsymmetricKeyParameter key, ECDomainParameters curve) {
    byte[] point = ((ECPublicKeyParameters) key).getQ().getEncoded(false);
    return new ECPublicKeyParameters(curve.getCurve().decodePoint(point), curve);
  }

  private static AsymmetricKeyParameter parse(DevicePublicKey key) {
    try {
      AsymmetricKeyParameter parsed =
          PublicKeyFactory.createKey(Base64.getUrlDecoder().decode(key.spki()));
      return switch (key.suite()) {
        case ED25519 -> parsed;
        case P256 -> onCurve(parsed, P256);
        case SM2 -> onCurve(parsed, SM2);
      };
    } catch (IOException e) {
      throw new IllegalStateException("a device enrolled with a key that cannot be read", e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    var digest = new SHA256Digest();
    digest.update(bytes, 0, bytes.length);
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    return hash;
  }
}
