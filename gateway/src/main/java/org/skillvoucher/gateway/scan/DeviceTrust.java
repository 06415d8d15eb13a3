package org.skillvoucher.gateway.scan;

import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.gateway.device.DevicePublicKey;
import org.skillvoucher.gateway.device.DeviceSignatures;
import org.skillvoucher.gateway.entity.DeviceStanding;
import org.skillvoucher.gateway.entity.Institutions;

/** Whether a statement is that of a device its institution stands for (R60). */
public final class DeviceTrust {
  private final Institutions institutions;
  private final DeviceSignatures signatures;

  public DeviceTrust(Institutions institutions, DeviceSignatures signatures) {
    this.institutions = institutions;
    this.signatures = signatures;
  }

  sealed interface Trust {}

  record Trusted(DeviceStanding.Trusted standing) implements Trust {}

  record Untrusted(ScanService.DeviceFault fault) implements Trust {}

  /** Whether the device is enrolled and in good standing now. */
  CompletionStage<Trust> standing(CreditCode institution, String device, Instant now) {
    return institutions
        .device(institution, device, now)
        .thenApply(
            standing ->
                switch (standing) {
                  case DeviceStanding.Trusted trusted -> new Trusted(trusted);
                  case DeviceStanding.NotTrusted no ->
                      new Untrusted(ScanService.DeviceFault.NOT_TRUSTED);
                  case DeviceStanding.Elsewhere no ->
                      new Untrusted(ScanService.DeviceFault.ELSEWHERE);
                });
  }

  /** That, and whether the statement bears its signature. */
  CompletionStage<Trust> check(Attempt attempt, Instant now) {
    return standing(attempt.institution(), attempt.received().statement().device(), now)
        .thenApply(
            trust ->
                switch (trust) {
                  case Trusted(var standing) -> check(attempt, standing);
                  case Untrusted fault -> fault;
                });
  }

  Trust check(Attempt attempt, DeviceStanding.Trusted standing) {
    DeviceStatement statement = attempt.received().statement();
    DeviceSuite claimed = statement.signed().orElseThrow().suite();
    return switch (signatures.verify(
        new DevicePublicKey(standing.suite(), standing.publicKey()),
        claimed,
        statement.canonical(claimed, attempt.received().act(), attempt.place()),
        Base64.getUrlDecoder().decode(statement.signature()))) {
      case VALID -> new Trusted(standing);
      case INVALID -> new Untrusted(ScanService.DeviceFault.SIGNATURE_INVALID);
      case SUITE_MISMATCH -> new Untrusted(ScanService.DeviceFault.SUITE_MISMATCH);
    };
  }
}
