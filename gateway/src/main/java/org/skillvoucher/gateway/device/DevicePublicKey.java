package org.skillvoucher.gateway.device;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.skillvoucher.domain.device.DeviceSuite;

/**
 * The key a device enrolled with.
 *
 * @param suite follows from the key's algorithm
 * @param spki base64url, without padding, of its SubjectPublicKeyInfo in DER
 */
public record DevicePublicKey(DeviceSuite suite, String spki) {
  private static final int DER_BYTES_MAX = 200;

  /**
   * Parses a key; empty when it is none, of another algorithm, not on its curve, or not in
   * canonical DER.
   */
  public static Optional<DevicePublicKey> parse(String spki) {
    try {
      byte[] der = Base64.getUrlDecoder().decode(spki);
      if (der.length > DER_BYTES_MAX
          || !Base64.getUrlEncoder().withoutPadding().encodeToString(der).equals(spki)) {
        return Optional.empty();
      }
      AsymmetricKeyParameter key = PublicKeyFactory.createKey(der);
      return isCanonical(key, der)
          ? suiteOf(key).map(suite -> new DevicePublicKey(suite, spki))
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // Bouncy Castle throws many kinds
    }
  }

  private static boolean isCanonical(AsymmetricKeyParameter key, byte[] der) throws IOException {
    SubjectPublicKeyInfo info = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(key);
    return Arrays.equals(info.getEncoded("DER"), der);
  }

  private static Optional<DeviceSuite> suiteOf(AsymmetricKeyParameter key) {
    return switch (key) {
      case Ed25519PublicKeyParameters ed -> Optional.of(DeviceSuite.ED25519);
      case ECPublicKeyParameters ec
          when ec.getParameters() instanceof ECNamedDomainParameters named ->
          suiteOf(named.getName());
      default -> Optional.empty();
    };
  }

  private static Optional<DeviceSuite> suiteOf(ASN1ObjectIdentifier curve) {
    if (curve.equals(GMObjectIdentifiers.sm2p256v1)) {
      return Optional.of(DeviceSuite.SM2);
    }
    return curve.equals(SECObjectIdentifiers.secp256r1)
        ? Optional.of(DeviceSuite.P256)
        : Optional.empty();
  }
}
