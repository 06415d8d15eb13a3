package org.skillvoucher.domain.trainingclass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.skillvoucher.domain.Samples.NINE;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.Variants;
import org.skillvoucher.domain.identity.Side;

/** Journals and clients hold the codes for good: none of them ever changes. */
final class RefusalCodesTest {
  private static final Map<ClassRefusal, String> CODES = new LinkedHashMap<>();

  static {
    // To a stranger a class that is not there and one that is look the same.
    CODES.put(new ClassRefusal.NotFiled(), "not_enrolled");
    CODES.put(new ClassRefusal.NotEnrolled(), "not_enrolled");
    CODES.put(new ClassRefusal.FiledOtherwise(), "class_state");
    CODES.put(new ClassRefusal.FilingIncomplete(List.of("venue")), "filing_incomplete");
    CODES.put(new ClassRefusal.NotApproved(), "class_not_approved");
    CODES.put(new ClassRefusal.NotOpen(), "class_not_open");
    CODES.put(new ClassRefusal.WrongState("closed"), "class_state");
    CODES.put(new ClassRefusal.RosterFull(3), "roster_full");
    CODES.put(new ClassRefusal.TimetableInvalid("why"), "timetable_invalid");
    CODES.put(new ClassRefusal.NotReady(List.of("roster")), "class_state");
    CODES.put(new ClassRefusal.LessonsRemain(NINE), "class_state");
    CODES.put(new ClassRefusal.LessonNotOver(NINE), "outside_window");
    CODES.put(new ClassRefusal.NoSuchLesson(), "outside_window");
    CODES.put(new ClassRefusal.OutsideWindow(NINE, NINE), "outside_window");
    CODES.put(new ClassRefusal.NoVoucher(), "voucher_state");
    CODES.put(new ClassRefusal.OutWithoutIn(), "sequence_violation");
    CODES.put(new ClassRefusal.KeyReused(), "idempotency_key_reused");
    CODES.put(new ClassRefusal.InstitutionSuspended(NINE), "institution_suspended");
    CODES.put(new ClassRefusal.CounterGap(1, 2), "device_counter_gap");
    CODES.put(new ClassRefusal.CounterFork(), "device_counter_fork");
    CODES.put(new ClassRefusal.CounterStale(2), "device_counter_stale");
    CODES.put(new ClassRefusal.DeviceNotTrusted(), "device_not_trusted");
    CODES.put(new ClassRefusal.ClockSkew(NINE), "clock_skew");
    CODES.put(new ClassRefusal.TapTimeUnprovable(72), "tap_time_unprovable");
    CODES.put(new ClassRefusal.DevicesFull(100), "class_state");
    CODES.put(new ClassRefusal.TapRate(), "tap_rate");
    CODES.put(new ClassRefusal.Velocity(10), "velocity");
    CODES.put(new ClassRefusal.CodeAlreadyUsed(), "qr_already_used");
    CODES.put(new ClassRefusal.PhoneAlreadyUsed(), "phone_already_used");
    CODES.put(new ClassRefusal.WitnessNotAccepted(), "witness_not_accepted");
    CODES.put(new ClassRefusal.ReasonRequired(), "reason_required");
    CODES.put(new ClassRefusal.LessonBegun("am", NINE), "timetable_invalid");
    CODES.put(new ClassRefusal.NoGap(), "class_state");
    CODES.put(new ClassRefusal.LessonBeforeApproval("L1", NINE, NINE), "timetable_invalid");
    CODES.put(new ClassRefusal.ClosingPending(List.of("K1"), List.of()), "closing_pending");
    CODES.put(new ClassRefusal.IdentityNeverVerified(), "identity_never_verified");
    CODES.put(new ClassRefusal.TwoPersonRequired(), "two_person_required");
    CODES.put(
        new ClassRefusal.SideNotAllowed(Side.INSTITUTION, List.of(Side.BUREAU)),
        "side_not_allowed");
    CODES.put(new ClassRefusal.NoSuchCorrection(), "not_found");
    CODES.put(new ClassRefusal.CorrectionSettled(), "correction_state");
    CODES.put(new ClassRefusal.CorrectionsFull(2000), "class_state");
  }

  @Test
  void everyRefusalHasTheCodeItAlwaysHad() {
    CODES.forEach((refusal, code) -> assertEquals(code, refusal.code()));
  }

  @Test
  void noRefusalIsLeftOutOfTheTable() {
    Set<Class<?>> covered =
        CODES.keySet().stream().map(Object::getClass).collect(Collectors.toSet());

    assertEquals(Variants.of(ClassRefusal.class), covered);
  }
}
