package org.skillvoucher.gateway.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.skillvoucher.domain.receipt.ReceiptRecord;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.http.Reply;

/** A receipt as a reply. */
final class ReceiptReply {
  private ReceiptReply() {}

  /**
   * @param payload canonical JSON, as it was sealed
   * @param counterUsed last, so that a device that can read it has the whole answer
   */
  private record ReceiptBody(
      String receipt, @JsonRawValue String payload, Optional<Boolean> counterUsed) {}

  /**
   * The record, with its payload in readable form.
   *
   * @param record base64url of the R1 record
   */
  static Reply json(int status, String record) {
    return json(status, record, Optional.empty());
  }

  /**
   * The answer to a scan.
   *
   * @param counterUsed whether the statement used up its device's counter; empty if no device
   *     signed
   */
  static Reply json(int status, String record, Optional<Boolean> counterUsed) {
    byte[] payload = ReceiptRecord.parse(octets(record)).payload();
    return Reply.json(
        status, new ReceiptBody(record, new String(payload, StandardCharsets.UTF_8), counterUsed));
  }

  /** In the media type the caller prefers: JSON, or the record's own bytes. */
  static Reply of(Call call, String record) {
    return call.mediaType().equals(Reply.OCTETS)
        ? Reply.of(200, Reply.OCTETS, octets(record))
        : json(200, record);
  }

  private static byte[] octets(String record) {
    return Base64.getUrlDecoder().decode(record);
  }
}
