package org.skillvoucher.domain.scan;

/**
 * How it was verified that the card was real and the person its holder (R46).
 *
 * @param way how the person signed in, for example {@code physical_card} (F4)
 * @param authority who vouches for it, for example {@code card_platform}
 * @param reference the authority's own reference for this scan
 * @param online whether it was verified while the person was there
 */
public record Verification(String way, String authority, String reference, boolean online) {}
