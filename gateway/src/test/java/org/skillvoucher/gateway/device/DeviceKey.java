package org.skillvoucher.gateway.device;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.skillvoucher.domain.device.DeviceSuite;

/** A device's own key, in any of the suites. */
public final class DeviceKey {
  private static final String USER_ID = "1234567812345678";

  private final DeviceSuite suite;
  private final AsymmetricKeyParameter privateKey;
  private final AsymmetricKeyParameter publicKey;

  private DeviceKey(
      DeviceSuite suite, AsymmetricKeyParameter privateKey, AsymmetricKeyParameter publicKey) {
    this.suite = suite;
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /** The same key for the same seed. */
  public static DeviceKey of(DeviceSuite suite, String seed) {
    byte[] secret = DeviceSignatures.hash(DeviceSuite.P256, seed.getBytes(UTF_8));
    return switch (suite) {
      case ED25519 -> {
        var key = new Ed25519PrivateKeyParameters(secret);
        yield new DeviceKey(suite, key, key.generatePublicKey());
      }
      case P256 ->
          onCurve(
              suite,
              secret,
              SECObjectIdentifiers.secp256r1,
              SECNamedCurves.getByOID(SECObjectIdentifiers.secp256r1));
      case SM2 ->
          onCurve(
              suite,
              secret,
              GMObjectIdentifiers.sm2p256v1,
              GMNamedCurves.getByOID(GMObjectIdentifiers.sm2p256v1));
    };
  }

  private static DeviceKey onCurve(
      DeviceSuite suite, byte[] secret, ASN1ObjectIdentifier name, X9ECParameters parameters) {
    var curve = new ECNamedDomainParameters(name, parameters);
    BigInteger d =
        new BigInteger(1, secret).mod(curve.getN().subtract(BigInteger.TWO)).add(BigInteger.ONE);
    return new DeviceKey(
        suite,
        new ECPrivateKeyParameters(d, curve),
        new ECPublicKeyParameters(curve.getG().multiply(d).normalize(), curve));
  }

  public DeviceSuite suite() {
    return suite;
  }

  /** As it travels: base64url of its SubjectPublicKeyInfo in DER. */
  public String publicKey() {
    try {
      return text(
          SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicKey).getEncoded("DER"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** base64url of the signature over a statement. */
  public String sign(byte[] statement) {
    return text(signature(statement, USER_ID));
  }

  /** 64 bytes; the user id is SM2's alone. */
  public byte[] signature(byte[] message, String userId) {
    try {
      return switch (suite) {
        case ED25519 -> {
          var signer = new Ed25519Signer();
          signer.init(true, privateKey);
          signer.update(message, 0, message.length);
          yield signer.generateSignature();
        }
        case P256 -> {
          var signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
          signer.init(true, privateKey);
          BigInteger[] rs = signer.generateSignature(DeviceSignatures.hash(suite, message));
          BigInteger n = ((ECPrivateKeyParameters) privateKey).getParameters().getN();
          yield PlainDSAEncoding.INSTANCE.encode(n, rs[0], rs[1]);
        }
        case SM2 -> {
          var signer = new SM2Signer(PlainDSAEncoding.INSTANCE);
          signer.init(true, new ParametersWithID(privateKey, userId.getBytes(US_ASCII)));
          signer.update(message, 0, message.length);
          yield signer.generateSignature();
        }
      };
    } catch (CryptoException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
