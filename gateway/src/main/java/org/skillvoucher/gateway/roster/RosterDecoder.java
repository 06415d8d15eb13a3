package org.skillvoucher.gateway.roster;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.skillvoucher.gateway.http.Code;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.ProblemException;

/**
 * Decodes a roster file. No byte is replaced: a name with one wrong character is another person's.
 */
public final class RosterDecoder {
  /** A superset of GBK and GB 2312, with the characters beyond the basic plane. */
  private static final Charset GB18030 = Charset.forName("GB18030");

  private static final int PROBED_BYTES = 4096;

  private RosterDecoder() {}

  private sealed interface Decoding {
    record Decoded(String text) implements Decoding {}

    record Undecodable(int offset) implements Decoding {}
  }

  /**
   * Decodes by the byte order mark; else by the declared character set; else as UTF-16 where every
   * second byte of ASCII text shows it, as UTF-8, and then as GB18030.
   *
   * @throws ProblemException as {@code roster_undecodable}, naming the first byte that cannot be
   *     read
   */
  public static String decode(byte[] bytes, Optional<String> declared) {
    if (begins(bytes, 0xEF, 0xBB, 0xBF)) {
      return textOr(bytes, attempt(bytes, StandardCharsets.UTF_8, 3));
    }
    if (begins(bytes, 0xFF, 0xFE)) {
      return textOr(bytes, attempt(bytes, StandardCharsets.UTF_16LE, 2));
    }
    if (begins(bytes, 0xFE, 0xFF)) {
      return textOr(bytes, attempt(bytes, StandardCharsets.UTF_16BE, 2));
    }
    if (declared.isPresent()) {
      return textOr(bytes, attempt(bytes, declaredCharset(bytes, declared.get()), 0));
    }
    Optional<Charset> utf16 = utf16(bytes);
    if (utf16.isPresent()) {
      return textOr(bytes, attempt(bytes, utf16.get(), 0));
    }
    Decoding utf8 = attempt(bytes, StandardCharsets.UTF_8, 0);
    return utf8 instanceof Decoding.Decoded(var text)
        ? text
        : textOr(bytes, attempt(bytes, GB18030, 0));
  }

  private static boolean begins(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private static Charset declaredCharset(byte[] bytes, String declared) {
    return switch (declared) {
      case "utf-8" -> StandardCharsets.UTF_8;
      case "utf-16" -> utf16(bytes).orElse(StandardCharsets.UTF_16BE);
      case "utf-16le" -> StandardCharsets.UTF_16LE;
      case "utf-16be" -> StandardCharsets.UTF_16BE;
      case String chinese -> GB18030;
    };
  }

  /** Digits, separators and line ends are ASCII: each of them has a zero byte, on one side only. */
  private static Optional<Charset> utf16(byte[] bytes) {
    int probed = Math.min(bytes.length, PROBED_BYTES);
    int even = 0;
    int odd = 0;
    for (int i = 0; i < probed; i++) {
      if (bytes[i] == 0) {
        even += i % 2 == 0 ? 1 : 0;
        odd += i % 2;
      }
    }
    if (bytes.length % 2 != 0 || (even > 0) == (odd > 0) || 8 * (even + odd) < probed) {
      return Optional.empty();
    }
    return Optional.of(odd > 0 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE);
  }

  private static Decoding attempt(byte[] bytes, Charset charset, int from) {
    ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CharsetDecoder decoder = charset.newDecoder();
    CoderResult result = decoder.decode(in, out, true);
    if (!result.isError()) {
      result = decoder.flush(out);
    }
    return result.isError()
        ? new Decoding.Undecodable(in.position())
        : new Decoding.Decoded(out.flip().toString());
  }

  private static String textOr(byte[] bytes, Decoding attempt) {
    return switch (attempt) {
      case Decoding.Decoded(var text) -> text;
      case Decoding.Undecodable(var offset) ->
          throw new ProblemException(undecodable(offset, line(bytes, offset)));
    };
  }

  private static long line(byte[] bytes, int offset) {
    long line = 1;
    for (int i = 0; i < offset; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return line;
  }

  private static Problem undecodable(int offset, long line) {
    return Problem.of(
            Code.ROSTER_UNDECODABLE,
            "The byte at offset "
                + offset
                + " on line "
                + line
                + " cannot be read. Save the file as UTF-8, GB18030 or UTF-16 (“Unicode text”).",
            "第 "
                + line
                + " 行、偏移 "
                + offset
                + " 处的字节无法解码。请另存为 UTF-8、GB18030 或 UTF-16（“Unicode 文本”）。")
        .with("byteOffset", offset)
        .with("line", line);
  }
}
