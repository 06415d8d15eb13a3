package org.skillvoucher.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Follows the messages in the bytes of a connection (RFC 9112): where a head ends, and where a body
 * ends. Two programs that disagree about that could be made to read different requests, so that
 * everything ambiguous is a fault: a line that ends in a bare line feed, a folded header line,
 * control characters, two lengths, a length beside a transfer coding, a transfer coding other than
 * chunked, and a chunk's size that is more than hexadecimal digits.
 */
final class RequestFraming {
  private static final int LINE_KEPT_BYTES = 256;
  private static final int CHUNK_DIGITS_MAX = 8;
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,15}");

  /** Which part of a message the next byte belongs to. */
  enum Part {
    /** No message has begun since the last one ended. */
    NONE,
    HEAD,
    BODY
  }

  private enum State {
    LINE,
    LINE_FEED,
    BODY,
    CHUNK_SIZE,
    CHUNK_EXTENSION,
    CHUNK_SIZE_FEED,
    CHUNK_DATA,
    CHUNK_RETURN,
    CHUNK_FEED
  }

  private final byte[] line = new byte[LINE_KEPT_BYTES];
  private State state = State.LINE;
  private Part part = Part.NONE;
  private int lineLength;
  private byte lastOfLine;
  private boolean requestLineSeen;
  private boolean versionOneZero;
  private boolean chunked;
  private boolean lengthSeen;
  private boolean isContinueExpected;
  private long remaining;
  private int chunkDigits;
  private int heads;
  private boolean isMessageEnd;
  private boolean isFaulty;

  private static final class Fault extends Exception {
    private static final long serialVersionUID = 1;

    Fault() {
      super("framing", null, false, false);
    }
  }

  Part part() {
    return part;
  }

  /** How many heads have ended in all bytes so far. */
  int heads() {
    return heads;
  }

  /** Whether the bytes followed last are the end of a message. */
  boolean isMessageEnd() {
    return isMessageEnd;
  }

  /** Whether the client waits for an interim answer before it sends the body. */
  boolean isContinueExpected() {
    return isContinueExpected && part == Part.BODY;
  }

  /** How many bytes of a body or of a chunk are still to come, as far as is known. */
  long remaining() {
    return part == Part.BODY ? remaining : 0;
  }

  boolean isFaulty() {
    return isFaulty;
  }

  /**
   * Follows more bytes, at most to the end of a message or to a fault.
   *
   * @return the index of the first byte not followed
   */
  int follow(byte[] bytes, int from) {
    int at = from;
    isMessageEnd = false;
    try {
      while (at < bytes.length && !isMessageEnd) {
        if (state == State.BODY || state == State.CHUNK_DATA) {
          at += skip(bytes.length - at);
        } else {
          step(bytes[at]);
          at++;
        }
      }
    } catch (Fault fault) {
      isFaulty = true;
    }
    return at;
  }

  private int skip(int available) {
    int skipped = (int) Math.min(remaining, available);
    remaining -= skipped;
    if (remaining == 0) {
      if (state == State.BODY) {
        messageEnds();
      } else {
        state = State.CHUNK_RETURN;
      }
    }
    return skipped;
  }

  private void step(byte octet) throws Fault {
    switch (state) {
      case LINE -> inLine(octet);
      case LINE_FEED -> {
        require(octet == '\n');
        lineEnds();
      }
      case CHUNK_SIZE -> inChunkSize(octet);
      case CHUNK_EXTENSION -> {
        require(octet == '\r' || !isControl(octet));
        state = octet == '\r' ? State.CHUNK_SIZE_FEED : state;
      }
      case CHUNK_SIZE_FEED -> {
        require(octet == '\n');
        chunkBegins();
      }
      case CHUNK_RETURN -> {
        require(octet == '\r');
        state = State.CHUNK_FEED;
      }
      case CHUNK_FEED -> {
        require(octet == '\n');
        chunkSizeBegins();
      }
      default -> throw new IllegalStateException("skipped, not stepped: " + state);
    }
  }

  private static void require(boolean isRight) throws Fault {
    if (!isRight) {
      throw new Fault();
    }
  }

  private static boolean isControl(byte octet) {
    return (octet >= 0 && octet < ' ' && octet != '\t') || octet == 0x7f;
  }

  private void inLine(byte octet) throws Fault {
    if (octet == '\r') {
      state = State.LINE_FEED;
      return;
    }
    require(!isControl(octet));
    // A line that begins with white space would continue the one before it.
    require(lineLength > 0 || (octet != ' ' && octet != '\t'));
    if (part == Part.NONE) {
      part = Part.HEAD;
    }
    if (lineLength < LINE_KEPT_BYTES) {
      line[lineLength] = octet;
    }
    lineLength++;
    lastOfLine = octet;
  }

  private void lineEnds() throws Fault {
    state = State.LINE;
    if (lineLength == 0) {
      emptyLine();
    } else if (!requestLineSeen) {
      requestLineSeen = true;
      versionOneZero = lastOfLine == '0';
    } else if (part == Part.HEAD) {
      header();
    }
    lineLength = 0;
  }

  /** Ends trailers or a head; before a request it means nothing. */
  private void emptyLine() {
    if (part == Part.BODY) {
      messageEnds();
    } else if (requestLineSeen) {
      headEnds();
    }
  }

  private void header() throws Fault {
    int kept = Math.min(lineLength, LINE_KEPT_BYTES);
    String text = new String(line, 0, kept, StandardCharsets.ISO_8859_1);
    int colon = text.indexOf(':');
    if (colon < 0) {
      return;
    }
    String value = text.substring(colon + 1).strip();
    switch (text.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
      case "content-length" -> {
        require(!lengthSeen && !chunked && LENGTH.matcher(value).matches());
        require(lineLength == kept);
        lengthSeen = true;
        remaining = Long.parseLong(value);
      }
      case "transfer-encoding" -> {
        require(!lengthSeen && !chunked && !versionOneZero);
        require(value.equalsIgnoreCase("chunked") && lineLength == kept);
        chunked = true;
      }
      case "expect" -> isContinueExpected = true;
      default -> {
        // says nothing about where the message ends
      }
    }
  }

  private void headEnds() {
    heads++;
    if (chunked) {
      part = Part.BODY;
      chunkSizeBegins();
    } else if (remaining > 0) {
      part = Part.BODY;
      state = State.BODY;
    } else {
      messageEnds();
    }
  }

  private void chunkSizeBegins() {
    state = State.CHUNK_SIZE;
    remaining = 0;
    chunkDigits = 0;
  }

  private void inChunkSize(byte octet) throws Fault {
    int digit = Character.digit(octet, 16);
    if (digit >= 0) {
      chunkDigits++;
      require(chunkDigits <= CHUNK_DIGITS_MAX);
      remaining = remaining * 16 + digit;
      return;
    }
    require(chunkDigits > 0 && (octet == '\r' || octet == ';'));
    state = octet == '\r' ? State.CHUNK_SIZE_FEED : State.CHUNK_EXTENSION;
  }

  /** The last chunk has size 0, and trailers follow it. */
  private void chunkBegins() {
    state = remaining == 0 ? State.LINE : State.CHUNK_DATA;
  }

  private void messageEnds() {
    isMessageEnd = true;
    state = State.LINE;
    part = Part.NONE;
    lineLength = 0;
    requestLineSeen = false;
    versionOneZero = false;
    chunked = false;
    lengthSeen = false;
    isContinueExpected = false;
    remaining = 0;
  }
}
