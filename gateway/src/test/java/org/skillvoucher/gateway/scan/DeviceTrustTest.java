package org.skillvoucher.gateway.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.institution.InstitutionCommand;
import org.skillvoucher.domain.institution.InstitutionState;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.device.DeviceKey;
import org.skillvoucher.gateway.device.DeviceSignatures;
import org.skillvoucher.gateway.entity.ClassStory;
import org.skillvoucher.gateway.entity.DeviceStanding;
import org.skillvoucher.gateway.entity.Institutions;

class DeviceTrustTest {
  private static final Instant NOW = Instant.parse("2026-03-02T00:30:00Z");
  private static final String PLACE = "C1/d0";

  private DeviceStanding standing = new DeviceStanding.NotTrusted();
  private final DeviceTrust trust =
      new DeviceTrust(new StubInstitutions(), new DeviceSignatures(10));

  /** An institution that answers what the test sets. */
  private final class StubInstitutions implements Institutions {
    @Override
    public CompletionStage<Answer> send(
        CreditCode institution, InstitutionCommand command, Actor by) {
      return CompletableFuture.failedStage(new IllegalStateException("nothing is changed here"));
    }

    @Override
    public CompletionStage<Optional<InstitutionState.Admitted>> find(CreditCode institution) {
      return CompletableFuture.completedStage(Optional.empty());
    }

    @Override
    public CompletionStage<DeviceStanding> device(CreditCode institution, String device) {
      return CompletableFuture.completedStage(standing);
    }
  }

  private static DeviceStanding.Trusted trusted(DeviceKey key) {
    return new DeviceStanding.Trusted(key.suite(), key.publicKey(), "S1", "R1", Optional.empty());
  }

  /** Signed by the key for this act and place, and sent as if it were for that act. */
  private static Attempt attempt(DeviceKey key, Act signedFor, Act sentFor) {
    DeviceStatement unsigned = DeviceStatement.unsigned("D1-1", NOW);
    byte[] bytes = unsigned.canonical(key.suite(), signedFor, PLACE);
    var statement =
        new DeviceStatement(
            unsigned.device(),
            unsigned.counter(),
            unsigned.epoch(),
            NOW,
            0,
            "",
            "",
            "",
            "",
            key.sign(bytes),
            Optional.of(
                new DeviceStatement.Signed(
                    key.suite(), DeviceSignatures.hashText(key.suite(), bytes))));
    return new Attempt(
        ClassStory.CLASS,
        ClassStory.SCHOOL,
        ClassStory.received(0, sentFor, "k1", statement),
        new Attempt.Presented.TypedNumber(),
        "k1");
  }

  private DeviceTrust.Trust check(Attempt attempt) {
    return trust
        .standing(attempt)
        .thenApply(standing -> trust.verify(attempt, standing))
        .toCompletableFuture()
        .join();
  }

  @ParameterizedTest
  @EnumSource(DeviceSuite.class)
  void aStatementOfATrustedDeviceIsGood(DeviceSuite suite) {
    DeviceKey key = DeviceKey.of(suite, "kiosk");
    standing = trusted(key);
    assertEquals(new DeviceTrust.Trusted(trusted(key)), check(attempt(key, Act.IN, Act.IN)));
  }

  @ParameterizedTest
  @EnumSource(DeviceSuite.class)
  void aSignatureForAnotherActIsInvalid(DeviceSuite suite) {
    DeviceKey key = DeviceKey.of(suite, "kiosk");
    standing = trusted(key);
    assertEquals(
        new ScanOutcome.DeviceRefused(DeviceFault.SIGNATURE_INVALID),
        check(attempt(key, Act.IN, Act.OUT)));
  }

  @Test
  void aSignatureOfAnotherSuiteThanTheEnrolledKeysIsReported() {
    standing = trusted(DeviceKey.of(DeviceSuite.SM2, "kiosk"));
    assertEquals(
        new ScanOutcome.DeviceRefused(DeviceFault.SUITE_MISMATCH),
        check(attempt(DeviceKey.of(DeviceSuite.P256, "kiosk"), Act.IN, Act.IN)));
  }

  @Test
  void aDeviceNotTrustedOrEnrolledElsewhereIsRefusedWhateverItSigned() {
    Attempt attempt = attempt(DeviceKey.of(DeviceSuite.P256, "kiosk"), Act.IN, Act.IN);
    assertEquals(new ScanOutcome.DeviceRefused(DeviceFault.NOT_TRUSTED), check(attempt));
    standing = new DeviceStanding.Elsewhere();
    assertEquals(new ScanOutcome.DeviceRefused(DeviceFault.ELSEWHERE), check(attempt));
  }
}
