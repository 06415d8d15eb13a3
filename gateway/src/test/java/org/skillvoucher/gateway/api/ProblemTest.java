package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.identity.Side;
import org.skillvoucher.domain.institution.Device;
import org.skillvoucher.domain.institution.InstitutionRefusal;
import org.skillvoucher.domain.institution.StopReason;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.domain.voucher.VoucherRefusal;
import org.skillvoucher.gateway.cardplatform.CardOutcome;
import org.skillvoucher.gateway.cardplatform.CodeOutcome;
import org.skillvoucher.gateway.http.Code;
import org.skillvoucher.gateway.http.Language;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.scan.DeviceFault;

class ProblemTest {
  private static final Instant AT = Instant.parse("2026-03-02T01:00:00Z");
  private static final String AT_TEXT = "2026-03-02T09:00:00+08:00";

  private static final RegionCode REGION = new RegionCode("990000");
  private static final CreditCode SCHOOL = new CreditCode("52990101MA00XY0180");

  static Stream<Arguments> classRefusals() {
    return Stream.of(
        Arguments.of(new ClassRefusal.NotFiled(), 404, "not_found"),
        Arguments.of(new ClassRefusal.FiledOtherwise(), 422, "idempotency_key_reused"),
        Arguments.of(new ClassRefusal.FilingIncomplete(List.of("venue")), 422, "filing_incomplete"),
        Arguments.of(new ClassRefusal.NotApproved(), 409, "class_not_approved"),
        Arguments.of(new ClassRefusal.NotOpen(), 409, "class_not_open"),
        Arguments.of(new ClassRefusal.WrongState("closed"), 409, "class_state"),
        Arguments.of(new ClassRefusal.RosterFull(60), 409, "roster_full"),
        Arguments.of(new ClassRefusal.TimetableInvalid("too long"), 422, "timetable_invalid"),
        Arguments.of(new ClassRefusal.NotReady(List.of("roster")), 409, "class_state"),
        Arguments.of(new ClassRefusal.LessonsRemain(AT), 409, "class_state"),
        Arguments.of(new ClassRefusal.NotEnrolled(), 403, "not_enrolled"),
        Arguments.of(new ClassRefusal.NoSuchLesson(), 422, "invalid_field"),
        Arguments.of(new ClassRefusal.NoVoucher(), 409, "voucher_state"),
        Arguments.of(new ClassRefusal.OutsideWindow(AT, AT), 409, "outside_window"),
        Arguments.of(new ClassRefusal.OutWithoutIn(), 409, "sequence_violation"),
        Arguments.of(new ClassRefusal.KeyReused(), 422, "idempotency_key_reused"),
        Arguments.of(new ClassRefusal.InstitutionSuspended(AT), 403, "institution_suspended"),
        Arguments.of(new ClassRefusal.CounterGap(3, 5), 202, "device_counter_gap"),
        Arguments.of(new ClassRefusal.CounterFork(), 409, "device_counter_fork"),
        Arguments.of(new ClassRefusal.CounterStale(3), 409, "device_counter_stale"),
        Arguments.of(new ClassRefusal.DeviceNotTrusted(), 403, "device_not_trusted"),
        Arguments.of(new ClassRefusal.DevicesFull(100), 409, "class_state"),
        Arguments.of(new ClassRefusal.ClockSkew(AT), 409, "clock_skew"),
        Arguments.of(new ClassRefusal.TapTimeUnprovable(72), 422, "tap_time_unprovable"),
        Arguments.of(new ClassRefusal.TapRate(), 429, "tap_rate"),
        Arguments.of(new ClassRefusal.Velocity(20), 409, "velocity"),
        Arguments.of(new ClassRefusal.CodeAlreadyUsed(), 409, "qr_already_used"),
        Arguments.of(new ClassRefusal.PhoneAlreadyUsed(), 409, "phone_already_used"),
        Arguments.of(new ClassRefusal.WitnessNotAccepted(), 403, "witness_not_accepted"),
        Arguments.of(new ClassRefusal.ReasonRequired(), 422, "reason_required"),
        Arguments.of(new ClassRefusal.LessonBegun("L01", AT), 422, "timetable_invalid"),
        Arguments.of(
            new ClassRefusal.LessonBeforeApproval("L01", AT, AT), 422, "timetable_invalid"),
        Arguments.of(
            new ClassRefusal.ClosingPending(List.of("K1"), List.of("D1-1")),
            409,
            "closing_pending"),
        Arguments.of(new ClassRefusal.IdentityNeverVerified(), 409, "identity_never_verified"),
        Arguments.of(new ClassRefusal.NoGap(), 409, "class_state"),
        Arguments.of(new ClassRefusal.LessonNotOver(AT), 409, "outside_window"),
        Arguments.of(new ClassRefusal.TwoPersonRequired(), 403, "two_person_required"),
        Arguments.of(
            new ClassRefusal.SideNotAllowed(Side.INSTITUTION, List.of(Side.BUREAU)),
            403,
            "side_not_allowed"),
        Arguments.of(new ClassRefusal.NoSuchCorrection(), 404, "not_found"),
        Arguments.of(new ClassRefusal.CorrectionSettled(), 409, "correction_state"),
        Arguments.of(new ClassRefusal.CorrectionsFull(2000), 409, "class_state"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("classRefusals")
  void everyRefusalOfAClassHasItsAnswer(ClassRefusal refusal, int status, String code) {
    check(Refusals.of(refusal), status, code);
  }

  @Test
  void noRefusalOfAClassIsForgottenHere() {
    assertEquals(
        Set.of(ClassRefusal.class.getPermittedSubclasses()),
        classRefusals().map(a -> a.get()[0].getClass()).collect(Collectors.toSet()));
  }

  static Stream<Arguments> voucherRefusals() {
    return Stream.of(
        Arguments.of(new VoucherRefusal.NotIssued(), 404, "not_found"),
        Arguments.of(new VoucherRefusal.ClassTakesNone("filed"), 409, "class_not_approved"),
        Arguments.of(new VoucherRefusal.OutOfScope("6-31-01-03/1", "5"), 409, "voucher_scope"),
        Arguments.of(
            new VoucherRefusal.OutOfRegion(List.of(REGION), REGION), 409, "voucher_region"),
        Arguments.of(
            new VoucherRefusal.NotAtInstitution(List.of(SCHOOL), SCHOOL, true),
            409,
            "voucher_institution"),
        Arguments.of(new VoucherRefusal.WrongState("voided"), 409, "voucher_state"),
        Arguments.of(new VoucherRefusal.PastExpiry(AT), 409, "voucher_state"),
        Arguments.of(new VoucherRefusal.BeforeExpiry(AT), 409, "voucher_state"),
        Arguments.of(new VoucherRefusal.NotTheHolder(), 409, "voucher_state"),
        Arguments.of(new VoucherRefusal.BoundElsewhere(), 409, "voucher_state"),
        Arguments.of(new VoucherRefusal.ValidityOutOfRange(90), 422, "invalid_field"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("voucherRefusals")
  void everyRefusalOfAVoucherHasItsAnswer(VoucherRefusal refusal, int status, String code) {
    check(Refusals.of(refusal), status, code);
  }

  @Test
  void noRefusalOfAVoucherIsForgottenHere() {
    assertEquals(
        Set.of(VoucherRefusal.class.getPermittedSubclasses()),
        voucherRefusals().map(a -> a.get()[0].getClass()).collect(Collectors.toSet()));
  }

  static Stream<Arguments> institutionRefusals() {
    return Stream.of(
        Arguments.of(new InstitutionRefusal.NotAdmitted(), 403, "institution_not_admitted"),
        Arguments.of(new InstitutionRefusal.AdmittedOtherwise(), 409, "institution_state"),
        Arguments.of(new InstitutionRefusal.OutForEdition(2026), 409, "institution_state"),
        Arguments.of(new InstitutionRefusal.Stopped(AT), 409, "institution_state"),
        Arguments.of(new InstitutionRefusal.MayNotTrain(AT), 403, "institution_suspended"),
        Arguments.of(new InstitutionRefusal.NotSuspended(), 409, "institution_state"),
        Arguments.of(
            new InstitutionRefusal.ReasonNotFit(
                StopReason.SITE_UNREACHABLE, List.of(StopReason.FRAUD)),
            422,
            "reason_not_fit"),
        Arguments.of(
            new InstitutionRefusal.EditionNotOpen(2027, LocalDate.of(2027, 1, 1)),
            409,
            "edition_not_open"),
        Arguments.of(new InstitutionRefusal.Barred(LocalDate.of(2029, 1, 1)), 409, "barred_until"),
        Arguments.of(new InstitutionRefusal.NoSuchPlace(), 404, "site_unknown"),
        Arguments.of(new InstitutionRefusal.NoSuchDevice(), 404, "not_found"),
        Arguments.of(new InstitutionRefusal.InvitedOtherwise(), 422, "idempotency_key_reused"),
        Arguments.of(
            new InstitutionRefusal.DeviceState(Device.Status.REVOKED), 409, "device_state"),
        Arguments.of(new InstitutionRefusal.CodeUsed(), 409, "enrolment_code_used"),
        Arguments.of(new InstitutionRefusal.Full(1000), 409, "institution_state"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("institutionRefusals")
  void everyRefusalOfAnInstitutionHasItsAnswer(
      InstitutionRefusal refusal, int status, String code) {
    check(InstitutionProblems.of(refusal), status, code);
  }

  @Test
  void noRefusalOfAnInstitutionIsForgottenHere() {
    assertEquals(
        Set.of(InstitutionRefusal.class.getPermittedSubclasses()),
        institutionRefusals().map(a -> a.get()[0].getClass()).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_TRUSTED, 403, device_not_trusted",
    "ELSEWHERE, 403, device_scope",
    "SIGNATURE_INVALID, 401, device_signature_invalid",
    "SUITE_MISMATCH, 401, signature_suite_mismatch"
  })
  void everyFaultOfADeviceHasItsAnswer(DeviceFault fault, int status, String code) {
    check(ScanProblems.of(fault), status, code);
    assertEquals(status == 401, ScanProblems.of(fault).headers().containsKey("WWW-Authenticate"));
  }

  @Test
  void everyOutcomeOfAPersonsCodeButTheGoodOneHasItsAnswer() {
    check(ScanProblems.of(new CodeOutcome.Expired()), 410, "qr_expired");
    check(ScanProblems.of(new CodeOutcome.AlreadyUsed()), 409, "qr_already_used");
    check(ScanProblems.of(new CodeOutcome.Invalid()), 400, "qr_invalid");
    var resolved = new CodeOutcome.Resolved(IdType.CITIZEN_ID, "n", "n", "r");
    assertThrows(IllegalArgumentException.class, () -> ScanProblems.of(resolved));
  }

  @Test
  void everyOutcomeOfTheCardPlatformButTheGoodOneHasItsAnswer() {
    check(Refusals.of(new CardOutcome.NotActive()), 403, "card_status");
    check(Refusals.of(new CardOutcome.NotAuthentic()), 403, "card_not_authenticated");
    assertThrows(IllegalArgumentException.class, () -> Refusals.of(new CardOutcome.Verified("r")));
  }

  @ParameterizedTest
  @EnumSource
  void everyCodeHasATitleInBothLanguages(Code code) {
    Problem problem = Problem.of(code, "detail", "详情");
    check(problem, code.status(), code.word());
  }

  private static void check(Problem problem, int status, String code) {
    Map<String, Object> en = problem.toJson(Language.EN);
    Map<String, Object> zh = problem.toJson(Language.ZH);
    assertEquals(status, en.get("status"));
    assertEquals(code, en.get("code"));
    assertEquals("urn:skillvoucher:problem:" + code, en.get("type"));
    assertEquals(en.keySet(), zh.keySet());
    for (String member : List.of("title", "detail")) {
      assertFalse(
          isChinese(String.valueOf(en.get(member))), () -> "not English: " + en.get(member));
      assertTrue(isChinese(String.valueOf(zh.get(member))), () -> "not Chinese: " + zh.get(member));
    }
  }

  private static boolean isChinese(String text) {
    return text.codePoints()
        .anyMatch(point -> Character.UnicodeScript.of(point) == Character.UnicodeScript.HAN);
  }

  @Test
  void factsAreMembersOfTheirOwn() {
    assertEquals(
        AT_TEXT, Refusals.of(new ClassRefusal.LessonsRemain(AT)).toJson(Language.EN).get("until"));
    Map<String, Object> window =
        Refusals.of(new ClassRefusal.OutsideWindow(AT, AT)).toJson(Language.ZH);
    assertEquals(AT_TEXT, window.get("opensAt"));
    assertEquals(AT_TEXT, window.get("closesAt"));
    assertEquals(
        60, Refusals.of(new ClassRefusal.RosterFull(60)).toJson(Language.EN).get("rosterMax"));
  }

  @Test
  void aRetryIsAskedForAfterAWholeSecondAtLeast() {
    assertEquals("1", Problem.tryAgain(Duration.ofMillis(10)).headers().get("Retry-After"));
    assertEquals("7", Problem.tryAgain(Duration.ofSeconds(7)).headers().get("Retry-After"));
  }

  /** Of the management port, and of items of a batch. */
  private static final Set<Code> ELSEWHERE =
      Set.of(Code.CLOCK_FORWARD_ONLY, Code.NEVER, Code.TRY_LATER);

  @Test
  void theContractListsExactlyTheseCodes() {
    String contract = Contract.text();
    int from = contract.indexOf("enum:", contract.indexOf("urn:skillvoucher:problem:[a-z_]+"));
    Set<String> listed =
        contract
            .substring(from, contract.indexOf("errors:", from))
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("- "))
            .map(line -> line.substring(2))
            .collect(Collectors.toSet());
    Set<String> known =
        Arrays.stream(Code.values())
            .filter(code -> !ELSEWHERE.contains(code))
            .map(Code::word)
            .collect(Collectors.toSet());
    assertEquals(known, listed);
  }

  @ParameterizedTest
  @MethodSource("languages")
  void theLanguageIsTheOneTheCallerPrefers(String header, Language expected) {
    assertEquals(expected, Language.of(header));
  }

  static Stream<Arguments> languages() {
    return Stream.of(
        Arguments.of("", Language.EN),
        Arguments.of("zh", Language.ZH),
        Arguments.of("zh-Hans-CN", Language.ZH),
        Arguments.of("zh-Hans", Language.ZH),
        Arguments.of("zh-Hant-TW", Language.ZH),
        Arguments.of("zh_CN", Language.ZH),
        Arguments.of("zh_CN.UTF-8", Language.ZH),
        Arguments.of("zh_Hans_CN;q=0.9, en_US;q=0.8", Language.ZH),
        Arguments.of("en_US", Language.EN),
        Arguments.of("en_US, zh_CN;q=0.5", Language.EN),
        Arguments.of("zh-CN, a range that cannot be parsed", Language.ZH),
        Arguments.of("ZH-cn,en;q=0.5", Language.ZH),
        Arguments.of("en, zh;q=0.9", Language.EN),
        Arguments.of("en;q=0.3, zh;q=0.9", Language.ZH),
        Arguments.of("zh;q=0", Language.EN),
        Arguments.of("zh;q=much", Language.EN),
        Arguments.of("fr, *;q=0.5", Language.EN),
        Arguments.of(";;,,", Language.EN));
  }
}
