package org.skillvoucher.simulator.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * The envelope of the {@code gm} profile: base64(iv 12 ‖ SM4-GCM ciphertext ‖ tag 16), bound to the
 * request's nonce.
 */
public final class Envelope {
  private static final int IV_BYTES = 12;
  private static final int TAG_BYTES = 16;

  private final byte[] key;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param keyHex 16 bytes in hex
   * @throws IllegalArgumentException when it is not
   */
  public Envelope(String keyHex) {
    key = HexFormat.of().parseHex(keyHex);
    if (key.length != 16) {
      throw new IllegalArgumentException("an envelope key is 16 bytes in hex");
    }
  }

  public String seal(byte[] plain, String nonce) {
    byte[] iv = new byte[IV_BYTES];
    random.nextBytes(iv);
    GCMModeCipher cipher = cipher(true, iv, nonce);
    byte[] sealed = Arrays.copyOf(iv, IV_BYTES + cipher.getOutputSize(plain.length));
    int length = cipher.processBytes(plain, 0, plain.length, sealed, IV_BYTES);
    try {
      cipher.doFinal(sealed, IV_BYTES + length);
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException("sealing checks no tag", e);
    }
    return Base64.getEncoder().encodeToString(sealed);
  }

  /** The plain text; empty when the key, the nonce or a byte is wrong. */
  public Optional<byte[]> open(String sealed, String nonce) {
    try {
      byte[] bytes = Base64.getDecoder().decode(sealed);
      if (bytes.length < IV_BYTES + TAG_BYTES) {
        return Optional.empty();
      }
      GCMModeCipher cipher = cipher(false, Arrays.copyOf(bytes, IV_BYTES), nonce);
      byte[] plain = new byte[cipher.getOutputSize(bytes.length - IV_BYTES)];
      int length = cipher.processBytes(bytes, IV_BYTES, bytes.length - IV_BYTES, plain, 0);
      cipher.doFinal(plain, length);
      return Optional.of(plain);
    } catch (IllegalArgumentException | InvalidCipherTextException e) {
      return Optional.empty();
    }
  }

  private GCMModeCipher cipher(boolean forSealing, byte[] iv, String nonce) {
    GCMModeCipher cipher = GCMBlockCipher.newInstance(new SM4Engine());
    cipher.init(
        forSealing,
        new AEADParameters(new KeyParameter(key), TAG_BYTES * 8, iv, nonce.getBytes(UTF_8)));
    return cipher;
  }
}
