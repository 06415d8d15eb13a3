package org.skillvoucher.domain.receipt;

/**
 * A receipt as persisted and handed out.
 *
 * @param id ULID of the receipt
 * @param sequence the entity's receipts, counted from 1
 * @param record base64url of the R1 record, immutable
 * @param payloadHash base64url of H(payload): the receipt's identity, and the next one's {@code ph}
 * @param issuedAtMillis gateway time in the payload's {@code iat}
 */
public record SealedReceipt(
    String id, long sequence, String record, String payloadHash, long issuedAtMillis) {}
