package org.skillvoucher.domain.identity;

/**
 * Who gave a command (经办人), as its event records it.
 *
 * @param subject opaque id of a natural person: one person may hold several tokens
 * @param side for whom this person acts
 * @param tokenId public name of the token that was used
 */
public record Actor(String subject, Side side, String tokenId) {
  /** The gateway itself, for commands that follow from events. */
  public static final Actor GATEWAY = new Actor("gateway", Side.OPERATOR, "gateway");

  public boolean isOfBureau() {
    return side == Side.BUREAU;
  }

  /** Whether both are the same person, whatever tokens they use. */
  public boolean isSamePersonAs(Actor other) {
    return subject.equals(other.subject) || tokenId.equals(other.tokenId);
  }
}
