package org.skillvoucher.domain.institution;

import java.time.Instant;
import org.skillvoucher.domain.institution.Device.Invitation;
import org.skillvoucher.domain.institution.Device.SigningKey;
import org.skillvoucher.domain.policy.DirectoryRules;

/** The commands of an institution; {@code by} is a token's public name. */
public sealed interface InstitutionCommand {
  Instant at();

  /** 纳入目录: also anew, with a later edition of the directory (R26). */
  record Admit(Admission admission, DirectoryRules rules, String by, Instant at)
      implements InstitutionCommand {
    public Admit(Admission admission, String by, Instant at) {
      this(admission, DirectoryRules.DEFAULT, by, at);
    }
  }

  /** 暂停承训资格 (R24), effective from a second in the past or the future. */
  record Suspend(StopReason reason, String evidence, Instant from, String by, Instant at)
      implements InstitutionCommand {}

  record Reinstate(String reason, String by, Instant at) implements InstitutionCommand {}

  /** 退出目录 (R26): final for the edition. */
  record Exit(StopReason reason, String evidence, Instant from, String by, Instant at)
      implements InstitutionCommand {}

  /** Adds a site, or sets the rooms of one. */
  record PutSite(Site site, String by, Instant at) implements InstitutionCommand {}

  /** A new device, or a known one that is to enrol again with another key. */
  record InviteDevice(
      String id,
      String site,
      String room,
      String label,
      Invitation invitation,
      String by,
      Instant at)
      implements InstitutionCommand {}

  /**
   * By the device itself, with its one-time code.
   *
   * @param tokenId the code's public name
   */
  record EnrolDevice(String name, SigningKey key, String tokenId, Instant at)
      implements InstitutionCommand {}

  record SuspendDevice(String id, String reason, String by, Instant at)
      implements InstitutionCommand {}

  record ReinstateDevice(String id, String reason, String by, Instant at)
      implements InstitutionCommand {}

  record RevokeDevice(String id, String reason, String by, Instant at)
      implements InstitutionCommand {}
}
