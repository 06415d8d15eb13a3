package org.skillvoucher.simulator.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.skillvoucher.domain.device.DeviceSuite;

/**
 * The key of a device at a training site (签到设备), derived from a seed: the same seed yields the same
 * key. For simulations only.
 */
public final class DeviceKey {
  private static final byte[] USER_ID = "1234567812345678".getBytes(US_ASCII);

  private final DeviceSuite suite;
  private final AsymmetricKeyParameter secret;
  private final String publicKey;

  private DeviceKey(DeviceSuite suite, AsymmetricKeyParameter secret, String publicKey) {
    this.suite = suite;
    this.secret = secret;
    this.publicKey = publicKey;
  }

  /** The suite's key for a seed, any text. */
  public static DeviceKey of(DeviceSuite suite, String seed) {
    return switch (suite) {
      case ED25519 -> {
        byte[] first = Arrays.copyOf(sha512(seed), Ed25519PrivateKeyParameters.KEY_SIZE);
        Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(first);
        yield new DeviceKey(suite, key, text(key.generatePublicKey()));
      }
      case P256 -> onCurve(suite, SECObjectIdentifiers.secp256r1, seed);
      case SM2 -> onCurve(suite, GMObjectIdentifiers.sm2p256v1, seed);
    };
  }

  private static DeviceKey onCurve(DeviceSuite suite, ASN1ObjectIdentifier name, String seed) {
    X9ECParameters curve = CustomNamedCurves.getByOID(name);
    ECDomainParameters named = new ECNamedDomainParameters(name, new ECDomainParameters(curve));
    BigInteger two = BigInteger.TWO; // SM2 has no key n-1
    BigInteger number = new BigInteger(1, sha512(seed)).mod(curve.getN().subtract(two));
    ECPrivateKeyParameters key =
        new ECPrivateKeyParameters(
            number.add(BigInteger.ONE).min(curve.getN().subtract(two)), named);
    return new DeviceKey(
        suite,
        key,
        text(new ECPublicKeyParameters(curve.getG().multiply(key.getD()).normalize(), named)));
  }

  private static String text(AsymmetricKeyParameter key) {
    try {
      return base64(
          SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(key).getEncoded(ASN1Encoding.DER));
    } catch (IOException e) {
      throw new IllegalStateException("a generated key can be encoded", e);
    }
  }

  private static byte[] sha512(String seed) {
    byte[] bytes = seed.getBytes(UTF_8);
    SHA512Digest digest = new SHA512Digest();
    digest.update(bytes, 0, bytes.length);
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    return hash;
  }

  public DeviceSuite suite() {
    return suite;
  }

  /** The public half as it is enrolled: base64url of its SubjectPublicKeyInfo in DER. */
  public String publicKey() {
    return publicKey;
  }

  /** Base64url of the suite's hash: SM3 or SHA-256. */
  public String hash(byte[] message) {
    return switch (suite) {
      case SM2 -> base64(Sm3.hash(message));
      case ED25519 -> base64(sha256(message));
      case P256 -> base64(sha256(message));
    };
  }

  private static byte[] sha256(byte[] message) {
    SHA256Digest digest = new SHA256Digest();
    digest.update(message, 0, message.length);
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    return hash;
  }

  /** Base64url of the 64 bytes of a signature. Any number of threads may sign at once. */
  public String sign(byte[] message) {
    Signer signer = signer();
    signer.update(message, 0, message.length);
    try {
      return base64(signer.generateSignature());
    } catch (CryptoException e) {
      throw new IllegalStateException("a device's key signs any message", e);
    }
  }

  private Signer signer() {
    return switch (suite) {
      case ED25519 -> ready(new Ed25519Signer(), secret);
      case P256 ->
          ready(
              new DSADigestSigner(
                  new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest())),
                  new SHA256Digest(),
                  PlainDSAEncoding.INSTANCE),
              secret);
      case SM2 -> sm2();
    };
  }

  private Signer sm2() {
    SM2Signer signer = new SM2Signer(PlainDSAEncoding.INSTANCE);
    signer.init(true, new ParametersWithID(secret, USER_ID));
    return signer;
  }

  private static Signer ready(Signer signer, AsymmetricKeyParameter secret) {
    signer.init(true, secret);
    return signer;
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "DeviceKey " + suite;
  }
}
