package org.skillvoucher.domain.trainingclass;

import java.time.Instant;

/**
 * What a device says of one tap (device statement, unsigned for now). Every field of the signed
 * form is kept, so that the event which holds it need not change.
 *
 * @param device the device's name
 * @param counter its counter for this class, from 1
 * @param epoch its boot epoch
 * @param tappedAt its own time of the tap
 * @param monotonicMillis milliseconds since the last beacon
 * @param lastBeacon the last time beacon it heard, or empty
 * @param nonce the gateway's nonce, or empty
 * @param cardCommitment what stands for the card in the statement, or empty
 * @param previousHash base64url of the hash of its previous statement, or empty
 * @param signature base64url of the device's signature, or empty while devices do not sign
 */
public record DeviceStatement(
    String device,
    long counter,
    long epoch,
    Instant tappedAt,
    long monotonicMillis,
    String lastBeacon,
    String nonce,
    String cardCommitment,
    String previousHash,
    String signature) {}
