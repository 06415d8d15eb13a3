package org.skillvoucher.domain.evidence;

import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.Act;

/**
 * One receipt, as evidence names it.
 *
 * @param sequence its place in the class's chain, from 1
 * @param payloadHash base64url of H(payload), by which the receipt itself is found and checked
 * @param late whether the person came late (迟到)
 * @param voucher the voucher's id; empty where the class needs none
 */
public record EvidenceReceipt(
    String receiptId,
    long sequence,
    String payloadHash,
    PersonPseudonym person,
    LessonId lesson,
    Act act,
    boolean late,
    String voucher) {}
