package org.skillvoucher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;

/** The content of a receipt file: a record, or a reply of the gateway with the record inside. */
final class ReceiptFile {
  /** Larger than any reply with one receipt; a longer file is not a receipt. */
  private static final int OCTETS_MAX = 64 * 1024;

  private static final JsonMapper MAPPER = new JsonMapper();

  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private ReceiptFile() {}

  /**
   * The record's bytes; for a file that is neither record nor reply its own bytes, which the
   * verifier rejects.
   */
  static byte[] record(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(OCTETS_MAX);
    }
    // A reply that an editor saved may begin with a byte order mark.
    int first = startsWithMark(bytes) ? MARK.length : 0;
    while (first < bytes.length && Character.isWhitespace(bytes[first])) {
      first++;
    }
    return first < bytes.length && bytes[first] == '{'
        ? fromReply(Arrays.copyOfRange(bytes, first, bytes.length))
        : bytes;
  }

  private static boolean startsWithMark(byte[] bytes) {
    return bytes.length >= MARK.length
        && Arrays.equals(bytes, 0, MARK.length, MARK, 0, MARK.length);
  }

  private static byte[] fromReply(byte[] json) {
    try {
      JsonNode reply = MAPPER.readTree(json);
      String text = reply.path("receipt").asText();
      byte[] record = Base64.getUrlDecoder().decode(text);
      // The decoder tolerates padding and stray bits; a receipt has exactly one encoding.
      String spelling = Base64.getUrlEncoder().withoutPadding().encodeToString(record);
      return spelling.equals(text) && record.length > 0 ? record : json;
    } catch (IOException | IllegalArgumentException e) {
      return json;
    }
  }
}
