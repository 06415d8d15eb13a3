package org.skillvoucher.gateway.security;

import java.util.regex.Pattern;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.identity.Side;

/**
 * An authenticated caller.
 *
 * @param tokenId the token's public name, which events and logs may carry
 * @param holder the person behind the token
 */
public record Caller(String tokenId, Role role, Scope scope, Holder holder) {
  /** With a token that names no person: a person of its own, on the side of its role. */
  public Caller(String tokenId, Role role, Scope scope) {
    this(tokenId, role, scope, new Holder(tokenId, role.side()));
  }

  /** The caller as the events of a command record it. */
  public Actor actor() {
    return new Actor(holder.subject(), holder.side(), tokenId);
  }

  /**
   * The person who holds a token.
   *
   * @param subject opaque id of a natural person; never a name or a number of an identity document
   * @param side for whom this person acts
   */
  public record Holder(String subject, Side side) {
    private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern NUMBER = Pattern.compile("\\d{14,}[0-9Xx]?");

    public Holder {
      if (!SUBJECT.matcher(subject).matches() || NUMBER.matcher(subject).matches()) {
        throw new IllegalArgumentException(
            "a subject is an opaque id of 1 to 64 letters, digits, dots, dashes and underscores,"
                + " and not the number of an identity document");
      }
    }
  }

  /** What a caller may see; all else is answered as if it did not exist. */
  public sealed interface Scope {
    boolean covers(CreditCode institution, RegionCode region);

    /** The kind's name in the table of tokens. */
    default String kind() {
      return switch (this) {
        case Everywhere() -> "everywhere";
        case InRegion ignored -> "region";
        case OfInstitution ignored -> "institution";
      };
    }

    /** The region or the credit code; empty text for everywhere. */
    default String value() {
      return switch (this) {
        case Everywhere() -> "";
        case InRegion(RegionCode region) -> region.value();
        case OfInstitution(CreditCode institution) -> institution.value();
      };
    }

    /**
     * For example {@code everywhere}, {@code region:990000} or {@code
     * institution:52990101MA00XY0180}.
     */
    default String text() {
      return value().isEmpty() ? kind() : kind() + ":" + value();
    }

    /**
     * Parses {@link #text()}.
     *
     * @throws IllegalArgumentException when it is no scope
     */
    static Scope parse(String text) {
      int colon = text.indexOf(':');
      return colon < 0 ? of(text, "") : of(text.substring(0, colon), text.substring(colon + 1));
    }

    /**
     * The scope of a {@link #kind()} and a {@link #value()}.
     *
     * @throws IllegalArgumentException when they make no scope
     */
    static Scope of(String kind, String value) {
      if (kind.equals("everywhere") && value.isEmpty()) {
        return new Everywhere();
      }
      if (kind.equals("region")) {
        return new InRegion(new RegionCode(value));
      }
      if (kind.equals("institution") && !value.isBlank()) {
        return new OfInstitution(new CreditCode(value));
      }
      throw new IllegalArgumentException(
          "a scope is everywhere, region:<six digits> or institution:<credit code>");
    }

    record Everywhere() implements Scope {
      @Override
      public boolean covers(CreditCode institution, RegionCode region) {
        return true;
      }
    }

    /** A province (two digits and zeros), city or county, with all regions in it. */
    record InRegion(RegionCode region) implements Scope {
      @Override
      public boolean covers(CreditCode institution, RegionCode other) {
        return covers(other);
      }

      public boolean covers(RegionCode other) {
        return region.covers(other);
      }
    }

    record OfInstitution(CreditCode institution) implements Scope {
      @Override
      public boolean covers(CreditCode other, RegionCode region) {
        return institution.equals(other);
      }
    }
  }
}
