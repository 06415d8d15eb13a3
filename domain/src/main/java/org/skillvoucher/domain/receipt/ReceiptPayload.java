package org.skillvoucher.domain.receipt;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.skillvoucher.domain.canonical.CanonicalJson;
import org.skillvoucher.domain.canonical.NotCanonicalException;

/**
 * The payload of a receipt: a draft with its issuer and suite.
 *
 * @param suite gives {@code $t}
 * @param issuer {@code iss}, who issued it
 * @param draft as decided
 */
public record ReceiptPayload(Suite suite, String issuer, ReceiptDraft draft) {
  private static final Set<String> STRINGS =
      Set.of("$t", "act", "cls", "id", "iss", "ph", "sub", "vch", "dev", "dh");
  private static final Set<String> INTEGERS = Set.of("iat", "sq", "tap", "lo", "hi", "dsq");
  private static final Set<String> REQUIRED =
      Set.of("$t", "act", "cls", "id", "iss", "ph", "sub", "iat", "sq", "tap");

  /**
   * The canonical bytes, which are signed and whose hash is the receipt's identity. A member
   * without value is absent.
   *
   * @throws IllegalArgumentException when a value has no canonical form or is not allowed in a
   *     receipt
   */
  public byte[] bytes() {
    Map<String, Object> members = members();
    if (!isWhole(members)) {
      throw new IllegalArgumentException(Flaw.MEMBER.english());
    }
    return CanonicalJson.bytes(members);
  }

  /** The members of the payload, shown beside the record for information. */
  public Map<String, Object> members() {
    Map<String, Object> members = new TreeMap<>();
    members.put("$t", suite.type());
    members.put("act", draft.act().code());
    members.put("cls", draft.place());
    members.put("iat", draft.issuedAtMillis());
    members.put("id", draft.id());
    members.put("iss", issuer);
    members.put("ph", draft.previousHash());
    members.put("sq", draft.sequence());
    members.put("sub", draft.subject());
    members.put("tap", draft.tap().millis());
    draft.tap().lowMillis().ifPresent(low -> members.put("lo", low));
    draft.tap().highMillis().ifPresent(high -> members.put("hi", high));
    if (!draft.voucher().isEmpty()) {
      members.put("vch", draft.voucher());
    }
    draft
        .device()
        .ifPresent(
            device -> {
              members.put("dev", device.id());
              members.put("dsq", device.sequence());
              members.put("dh", device.statementHash());
            });
    return members;
  }

  /**
   * Reads a payload back; empty when an act or suite is unknown or a member is missing, unknown or
   * of a wrong kind.
   *
   * @throws NotCanonicalException when the bytes are no JSON object of strings and integers
   */
  public static Optional<ReceiptPayload> parse(byte[] payload) {
    return of(CanonicalJson.parse(payload));
  }

  static Optional<ReceiptPayload> of(Map<String, Object> members) {
    if (!isWhole(members)) {
      return Optional.empty();
    }
    Optional<Act> act = Act.of(text(members, "act"));
    for (Suite suite : Suite.values()) {
      if (suite.type().equals(members.get("$t"))) {
        return act.map(
            known -> new ReceiptPayload(suite, text(members, "iss"), draft(known, members)));
      }
    }
    return Optional.empty();
  }

  private static ReceiptDraft draft(Act act, Map<String, Object> members) {
    return new ReceiptDraft(
        text(members, "id"),
        act,
        text(members, "cls"),
        number(members, "sq"),
        text(members, "ph"),
        number(members, "iat"),
        text(members, "sub"),
        new ReceiptDraft.Tap(
            number(members, "tap"), optional(members, "lo"), optional(members, "hi")),
        text(members, "vch"),
        device(members));
  }

  private static Optional<ReceiptDraft.Device> device(Map<String, Object> members) {
    return members.containsKey("dev")
        ? Optional.of(
            new ReceiptDraft.Device(
                text(members, "dev"), number(members, "dsq"), text(members, "dh")))
        : Optional.empty();
  }

  private static Optional<Long> optional(Map<String, Object> members, String name) {
    return members.containsKey(name) ? Optional.of(number(members, name)) : Optional.empty();
  }

  /** A closed set, so that a verifier shows everything that a receipt contains. */
  private static boolean isWhole(Map<String, Object> members) {
    for (Map.Entry<String, Object> member : members.entrySet()) {
      boolean fits =
          switch (member.getValue()) {
            case String text -> STRINGS.contains(member.getKey()) && !text.isEmpty();
            case Long number -> INTEGERS.contains(member.getKey()) && number >= 0;
            default -> false;
          };
      if (!fits) {
        return false;
      }
    }
    boolean device = members.containsKey("dev");
    return members.keySet().containsAll(REQUIRED)
        && number(members, "sq") >= 1
        && members.containsKey("lo") == members.containsKey("hi")
        && device == members.containsKey("dsq")
        && device == members.containsKey("dh");
  }

  private static String text(Map<String, Object> members, String name) {
    return members.get(name) instanceof String text ? text : "";
  }

  private static long number(Map<String, Object> members, String name) {
    return members.get(name) instanceof Long number ? number : 0;
  }
}
