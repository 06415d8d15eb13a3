package org.skillvoucher.gateway.receipt;

import org.bouncycastle.crypto.digests.SM3Digest;

/** SM3 (GB/T 32905), the hash of receipts and of evidence. */
public final class Sm3 {
  private Sm3() {}

  /** 32 bytes over the parts, one after the other. */
  public static byte[] of(byte[]... parts) {
    SM3Digest digest = new SM3Digest();
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    return hash;
  }
}
