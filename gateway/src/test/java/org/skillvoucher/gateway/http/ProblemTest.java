package org.skillvoucher.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.domain.voucher.VoucherRefusal;
import org.skillvoucher.gateway.platform.CardOutcome;

class ProblemTest {
  private static final Instant AT = Instant.parse("2026-03-02T01:00:00Z");
  private static final String AT_TEXT = "2026-03-02T09:00:00+08:00";

  static Stream<Arguments> classRefusals() {
    return Stream.of(
        Arguments.of(new ClassRefusal.NotFiled(), 404, "not_found"),
        Arguments.of(new ClassRefusal.FiledOtherwise(), 422, "idempotency_key_reused"),
        Arguments.of(new ClassRefusal.FilingIncomplete(List.of("venue")), 422, "filing_incomplete"),
        Arguments.of(new ClassRefusal.NotApproved(), 409, "class_not_approved"),
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
        Arguments.of(new ClassRefusal.KeyReused(), 422, "idempotency_key_reused"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("classRefusals")
  void everyRefusalOfAClassHasItsAnswer(ClassRefusal refusal, int status, String code) {
    check(Problem.of(refusal), status, code);
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
        Arguments.of(new VoucherRefusal.IssuedOtherwise(), 422, "idempotency_key_reused"),
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
    check(Problem.of(refusal), status, code);
  }

  @Test
  void noRefusalOfAVoucherIsForgottenHere() {
    assertEquals(
        Set.of(VoucherRefusal.class.getPermittedSubclasses()),
        voucherRefusals().map(a -> a.get()[0].getClass()).collect(Collectors.toSet()));
  }

  @Test
  void everyOutcomeOfTheCardPlatformButTheGoodOneHasItsAnswer() {
    check(Problem.of(new CardOutcome.NotActive()), 403, "card_status");
    check(Problem.of(new CardOutcome.NotAuthentic()), 403, "card_not_authenticated");
    assertThrows(IllegalArgumentException.class, () -> Problem.of(new CardOutcome.Verified("r")));
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
        AT_TEXT, Problem.of(new ClassRefusal.LessonsRemain(AT)).toJson(Language.EN).get("until"));
    Map<String, Object> window =
        Problem.of(new ClassRefusal.OutsideWindow(AT, AT)).toJson(Language.ZH);
    assertEquals(AT_TEXT, window.get("opensAt"));
    assertEquals(AT_TEXT, window.get("closesAt"));
    assertEquals(
        60, Problem.of(new ClassRefusal.RosterFull(60)).toJson(Language.EN).get("rosterMax"));
  }

  @Test
  void aRetryIsAskedForAfterAWholeSecondAtLeast() {
    assertEquals("1", Problem.tryAgain(Duration.ofMillis(10)).headers().get("Retry-After"));
    assertEquals("7", Problem.tryAgain(Duration.ofSeconds(7)).headers().get("Retry-After"));
  }

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
            .filter(code -> code != Code.CLOCK_FORWARD_ONLY)
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
        Arguments.of("ZH-cn,en;q=0.5", Language.ZH),
        Arguments.of("en, zh;q=0.9", Language.EN),
        Arguments.of("en;q=0.3, zh;q=0.9", Language.ZH),
        Arguments.of("zh;q=0", Language.EN),
        Arguments.of("zh;q=much", Language.EN),
        Arguments.of("fr, *;q=0.5", Language.EN),
        Arguments.of(";;,,", Language.EN));
  }
}
