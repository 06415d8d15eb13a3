package org.skillvoucher.domain.institution;

import static org.skillvoucher.domain.Samples.NINE;
import static org.skillvoucher.domain.Samples.REGION;
import static org.skillvoucher.domain.Samples.SCHOOL;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.institution.Device.Invitation;
import org.skillvoucher.domain.institution.Device.SigningKey;
import org.skillvoucher.domain.institution.InstitutionState.Admitted;

/** A school with one site of two rooms, and its door tablet, as tests speak of them. */
final class Schools {
  static final Admission EDITION_2025 = admission(2025);
  static final Site SITE =
      new Site(
          "S1", "河东培训点", "河东路1号", List.of(new Site.Room("R1", "一号教室"), new Site.Room("R2", "实操室")));
  static final Invitation FIRST = invitation("code-1", NINE);
  static final Invitation SECOND = invitation("code-2", NINE.plus(Duration.ofDays(1)));
  static final SigningKey KEY = new SigningKey(DeviceSuite.SM2, "key-1");
  static final SigningKey OTHER_KEY = new SigningKey(DeviceSuite.P256, "key-2");

  static final InstitutionState UNKNOWN = InstitutionState.initial();
  static final Admitted ADMITTED =
      new Admitted(EDITION_2025, Optional.empty(), Map.of("S1", SITE), Map.of());

  private Schools() {}

  static Admission admission(int edition) {
    return new Admission(SCHOOL, REGION, "县技工学校", "办学许可 37-001", edition);
  }

  /** A code made at that time; it can be used for a day. */
  static Invitation invitation(String tokenId, Instant madeAt) {
    return new Invitation(tokenId, madeAt.plus(Duration.ofDays(1)));
  }

  static InstitutionCommand invite(Invitation invitation) {
    return new InstitutionCommand.InviteDevice("D1", "S1", "R1", "门口", invitation, "token-1", NINE);
  }

  static InstitutionCommand enrol(String name, SigningKey key, Invitation invitation) {
    return new InstitutionCommand.EnrolDevice(name, key, invitation.tokenId(), NINE);
  }
}
