package org.skillvoucher.gateway.person;

import java.util.Locale;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.RegionCode;

/**
 * Who brought a name (姓名来源).
 *
 * @param id the class; of an authority its region
 */
public record NameSource(Kind kind, String id) {
  /** What brought a name. */
  enum Kind {
    /** 名册: the roster of a class, brought by its institution. */
    ROSTER,
    /** 读卡: a card that the card platform verified for a scan in a class. */
    CARD,
    /** 备案: a teacher in the filing of a class. */
    FILING,
    /** 发券: a voucher list of an issuing authority. */
    AUTHORITY;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static NameSource roster(ClassId classId) {
    return new NameSource(Kind.ROSTER, classId.value());
  }

  public static NameSource card(ClassId classId) {
    return new NameSource(Kind.CARD, classId.value());
  }

  public static NameSource filing(ClassId classId) {
    return new NameSource(Kind.FILING, classId.value());
  }

  public static NameSource authority(RegionCode region) {
    return new NameSource(Kind.AUTHORITY, region.value());
  }

  /** The encrypted field's name, so that ciphertexts of two sources cannot be exchanged. */
  String field() {
    return "name/" + kind.code() + "/" + id;
  }
}
