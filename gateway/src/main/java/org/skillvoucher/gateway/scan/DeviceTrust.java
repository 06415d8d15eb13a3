package org.skillvoucher.gateway.scan;

import java.util.Base64;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.gateway.device.DevicePublicKey;
import org.skillvoucher.gateway.device.DeviceSignatures;
import org.skillvoucher.gateway.entity.DeviceStanding;
import org.skillvoucher.gateway.entity.Institutions;

/** Whether a statement is that of an enrolled device of its institution (R60). */
public final class DeviceTrust {
  private final Institutions institutions;
  private final DeviceSignatures signatures;

  public DeviceTrust(Institutions institutions, DeviceSignatures signatures) {
    this.institutions = institutions;
    this.signatures = signatures;
  }

  sealed interface Trust permits Trusted, ScanOutcome.DeviceRefused {}

  record Trusted(DeviceStanding.Trusted standing) implements Trust {}

  /** Asks the institution whether the device is enrolled and in good standing now. */
  CompletionStage<Trust> standing(Attempt attempt) {
    return institutions
        .device(attempt.institution(), attempt.statement().device())
        .thenApply(
            standing ->
                switch (standing) {
                  case DeviceStanding.Trusted trusted -> new Trusted(trusted);
                  case DeviceStanding.NotTrusted no -> refused(DeviceFault.NOT_TRUSTED);
                  case DeviceStanding.Elsewhere no -> refused(DeviceFault.ELSEWHERE);
                });
  }

  /** Checks that the statement carries the signature of the device, if that is trusted. */
  Trust verify(Attempt attempt, Trust trust) {
    return switch (trust) {
      case ScanOutcome.DeviceRefused refused -> refused;
      case Trusted trusted -> verify(attempt, trusted);
    };
  }

  private Trust verify(Attempt attempt, Trusted trusted) {
    DeviceStatement statement = attempt.statement();
    DeviceSuite claimed = statement.signed().orElseThrow().suite();
    return switch (signatures.verify(
        new DevicePublicKey(trusted.standing().suite(), trusted.standing().publicKey()),
        claimed,
        statement.canonical(claimed, attempt.received().act(), attempt.place()),
        Base64.getUrlDecoder().decode(statement.signature()))) {
      case VALID -> trusted;
      case INVALID -> refused(DeviceFault.SIGNATURE_INVALID);
      case SUITE_MISMATCH -> refused(DeviceFault.SUITE_MISMATCH);
    };
  }

  private static Trust refused(DeviceFault fault) {
    return new ScanOutcome.DeviceRefused(fault);
  }
}
