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

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private RosterDecoder() {}

  private sealed interface Decoding {
    record Decoded(String text) implements Decoding {}

    record Undecodable(int offset) implements Decoding {}
  }

  /**
   * Decodes by the declared character set, or by UTF-8 and then GB18030 where none is declared.
   *
   * @throws ProblemException as {@code roster_undecodable}, naming the first byte that cannot be
   *     read
   */
  public static String decode(byte[] bytes, Optional<String> declared) {
    boolean marked =
        bytes.length >= BYTE_ORDER_MARK.length
            && ByteBuffer.wrap(bytes, 0, BYTE_ORDER_MARK.length)
                .equals(ByteBuffer.wrap(BYTE_ORDER_MARK));
    if (declared.isPresent()) {
      return declared.get().equals("utf-8")
          ? textOr(bytes, attempt(bytes, StandardCharsets.UTF_8, marked))
          : textOr(bytes, attempt(bytes, GB18030, false));
    }
    Decoding utf8 = attempt(bytes, StandardCharsets.UTF_8, marked);
    return marked || utf8 instanceof Decoding.Decoded
        ? textOr(bytes, utf8)
        : textOr(bytes, attempt(bytes, GB18030, false));
  }

  private static Decoding attempt(byte[] bytes, Charset charset, boolean marked) {
    int from = marked ? BYTE_ORDER_MARK.length : 0;
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
            "The byte at offset " + offset + " on line " + line + " cannot be read.",
            "第 " + line + " 行、偏移 " + offset + " 处的字节无法解码。")
        .with("byteOffset", offset)
        .with("line", line);
  }
}
