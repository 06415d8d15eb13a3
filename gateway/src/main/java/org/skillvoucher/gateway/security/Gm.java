package org.skillvoucher.gateway.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * The national algorithms (国密) as the gateway uses them: SM3 (GB/T 32905), HMAC-SM3, and SM4 (GB/T
 * 32907) in GCM as in RFC 8998.
 */
public final class Gm {
  /** Length of an SM4 key in bytes. */
  public static final int SM4_KEY_BYTES = 16;

  private static final int IV_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Gm() {}

  /** SM3 of the parts, one after the other: 32 bytes. */
  public static byte[] sm3(byte[]... parts) {
    var digest = new SM3Digest();
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    byte[] result = new byte[digest.getDigestSize()];
    digest.doFinal(result, 0);
    return result;
  }

  /** HMAC-SM3 of the parts, one after the other: 32 bytes. */
  public static byte[] hmacSm3(byte[] key, byte[]... parts) {
    var mac = new HMac(new SM3Digest());
    mac.init(new KeyParameter(key));
    for (byte[] part : parts) {
      mac.update(part, 0, part.length);
    }
    byte[] result = new byte[mac.getMacSize()];
    mac.doFinal(result, 0);
    return result;
  }

  /**
   * Encrypts and authenticates with SM4-GCM under a random initialisation vector.
   *
   * @param context associated data (AAD): not encrypted, but required to open
   * @return iv of 12 bytes ‖ ciphertext ‖ tag of 16 bytes
   */
  public static byte[] seal(byte[] key, byte[] plain, byte[] context) {
    return seal(key, random(IV_BYTES), plain, context);
  }

  static byte[] seal(byte[] key, byte[] iv, byte[] plain, byte[] context) {
    GCMModeCipher cipher = cipher(true, key, iv, context);
    byte[] sealed = Arrays.copyOf(iv, IV_BYTES + cipher.getOutputSize(plain.length));
    int written = cipher.processBytes(plain, 0, plain.length, sealed, IV_BYTES);
    try {
      cipher.doFinal(sealed, IV_BYTES + written);
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException("encryption cannot fail to authenticate", e);
    }
    return sealed;
  }

  /**
   * Opens the result of {@link #seal}.
   *
   * @return the plain bytes; empty when key or context differ, or anything was altered
   */
  public static Optional<byte[]> open(byte[] key, byte[] sealed, byte[] context) {
    if (sealed.length < IV_BYTES + TAG_BYTES) {
      return Optional.empty();
    }
    GCMModeCipher cipher = cipher(false, key, Arrays.copyOf(sealed, IV_BYTES), context);
    int length = sealed.length - IV_BYTES;
    byte[] plain = new byte[cipher.getOutputSize(length)];
    int written = cipher.processBytes(sealed, IV_BYTES, length, plain, 0);
    try {
      cipher.doFinal(plain, written);
    } catch (InvalidCipherTextException e) {
      return Optional.empty();
    }
    return Optional.of(plain);
  }

  /** Whether two secrets or hashes are equal, in constant time. */
  public static boolean same(byte[] one, byte[] other) {
    return MessageDigest.isEqual(one, other);
  }

  /** Bytes of a cryptographically secure random generator. */
  public static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  public static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  private static GCMModeCipher cipher(boolean encrypt, byte[] key, byte[] iv, byte[] context) {
    if (key.length != SM4_KEY_BYTES) {
      throw new IllegalArgumentException("an SM4 key has 16 bytes");
    }
    GCMModeCipher cipher = GCMBlockCipher.newInstance(new SM4Engine());
    cipher.init(encrypt, new AEADParameters(new KeyParameter(key), TAG_BYTES * 8, iv, context));
    return cipher;
  }
}
