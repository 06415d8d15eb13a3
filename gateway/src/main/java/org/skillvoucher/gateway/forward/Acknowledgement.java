package org.skillvoucher.gateway.forward;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The response of the downstream system that acknowledges evidence. */
final class Acknowledgement {
  /** The longest response that is read and stored, in bytes. */
  static final int BYTES_MAX = 4096;

  private static final List<String> MEMBERS =
      List.of("acknowledgementId", "evidenceId", "receivedAt", "contentHash");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Acknowledgement() {}

  /**
   * Whether an answer is meant as an acknowledgement: a JSON object with a member of one, or what
   * may be the beginning of one. A page of HTML is never the receiver's own answer.
   */
  static boolean isMeant(byte[] answer) {
    String text = new String(answer, StandardCharsets.UTF_8).strip();
    if (text.startsWith("<")) {
      return true;
    }
    if (!text.startsWith("{")) {
      return false;
    }
    try {
      JsonNode node = JSON.readTree(text);
      return MEMBERS.stream().anyMatch(node::has);
    } catch (IOException e) {
      return true;
    }
  }

  /** What is wrong with an answer; empty when it acknowledges exactly this evidence. */
  static Optional<String> fault(OutboxMessage evidence, byte[] answer) {
    JsonNode node;
    try {
      node = JSON.readTree(text(answer));
    } catch (IOException e) {
      return Optional.of("the acknowledgement is not JSON");
    }
    for (String member : MEMBERS) {
      if (!node.path(member).isTextual() || node.path(member).textValue().isBlank()) {
        return Optional.of("the acknowledgement has no " + member);
      }
    }
    if (!node.path("evidenceId").textValue().equals(evidence.evidenceId())) {
      return Optional.of("the acknowledgement is of other evidence");
    }
    return node.path("contentHash").textValue().equals(evidence.contentHash())
        ? Optional.empty()
        : Optional.of("the acknowledged contentHash is not the one sent");
  }

  /** The answer as it came. */
  static String text(byte[] answer) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(answer)).toString();
  }
}
