package org.skillvoucher.simulator.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/** The hash SM3 (GB/T 32905) and HMAC with it. */
public final class Sm3 {
  private Sm3() {}

  /** 32 bytes. */
  public static byte[] hash(byte[] message) {
    SM3Digest digest = new SM3Digest();
    digest.update(message, 0, message.length);
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    return hash;
  }

  /** Lower-case hex. */
  public static String hashHex(byte[] message) {
    return HexFormat.of().formatHex(hash(message));
  }

  /** HMAC-SM3 of UTF-8 texts, in lower-case hex. */
  public static String hmacHex(String secret, String message) {
    HMac mac = new HMac(new SM3Digest());
    mac.init(new KeyParameter(secret.getBytes(UTF_8)));
    byte[] bytes = message.getBytes(UTF_8);
    mac.update(bytes, 0, bytes.length);
    byte[] code = new byte[mac.getMacSize()];
    mac.doFinal(code, 0);
    return HexFormat.of().formatHex(code);
  }
}
