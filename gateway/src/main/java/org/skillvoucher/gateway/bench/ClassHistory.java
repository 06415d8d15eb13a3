package org.skillvoucher.gateway.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.LessonKind;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.OccupationCode;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.ReceiptSealer;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.ReceivedStatement;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.scan.Verification;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.ClassDecider;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.ClassEvolution;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.domain.trainingclass.ClassState;
import org.skillvoucher.domain.trainingclass.Filing;
import org.skillvoucher.domain.trainingclass.ScanDecider;

/**
 * The life of one class of thirty people, decided by the domain's own rules and sealed with a real
 * key, so that its events are as large as any. Only the devices' signatures are invented: nothing
 * reads them once a statement was decided.
 */
final class ClassHistory {
  private static final int PEOPLE = 30;
  private static final Duration LESSON = Duration.ofMinutes(90);
  private static final Duration BETWEEN_TAPS = Duration.ofSeconds(2);
  private static final CreditCode SCHOOL = new CreditCode("52990101MA00XY0180");
  private static final ClassId CLASS = new ClassId("CBENCH000000000000");
  private static final String DEVICE = "D73X2V7W1P5HMDPW-1";

  private final Random chance = new Random(1);
  private final List<ClassEvent> events = new ArrayList<>();
  private final Instant morning;
  private final ReceiptSealer sealer;
  private final List<PersonPseudonym> people;
  private ClassState state = ClassState.initial();
  private long counter;
  private String previousHash = DeviceStatement.NO_PREVIOUS;

  private ClassHistory(Instant morning, ReceiptSealer sealer) {
    this.morning = morning;
    this.sealer = sealer;
    people = IntStream.range(0, PEOPLE).mapToObj(i -> new PersonPseudonym(base64(32))).toList();
  }

  /**
   * The first events of a class, from its filing over the scans of one lesson a day.
   *
   * @param morning when the first lesson begins
   * @param count number of events
   */
  static List<ClassEvent> of(Instant morning, ReceiptSealer sealer, int count) {
    var history = new ClassHistory(morning, sealer);
    int days = count / (2 * PEOPLE) + 1;
    history.prepare(days);
    for (int day = 0; day < days; day++) {
      for (Act act : List.of(Act.IN, Act.OUT)) {
        for (int person = 0; person < PEOPLE; person++) {
          history.scan(day, act, person);
        }
      }
    }
    return List.copyOf(history.events.subList(0, count));
  }

  /** The scans of such a class. */
  static List<ClassEvent> scans(Instant morning, ReceiptSealer sealer, int count) {
    return of(morning, sealer, count).stream()
        .filter(ClassEvent.Attended.class::isInstance)
        .toList();
  }

  private void prepare(int days) {
    Instant filed = morning.minus(Duration.ofHours(2));
    decide(filing(filed));
    decide(new ClassCommand.Approve("official", filed));
    decide(new ClassCommand.Enrol(people, filed));
    decide(
        new ClassCommand.Schedule(IntStream.range(0, days).mapToObj(this::lesson).toList(), filed));
    for (int i = 0; i < PEOPLE; i++) {
      var voucher = new VoucherId("V%020d".formatted(i));
      decide(new ClassCommand.AdmitVoucher(people.get(i), voucher, filed));
    }
    decide(new ClassCommand.Open(filed));
  }

  private static ClassCommand filing(Instant at) {
    return new ClassCommand.File(
        new Filing(
            SCHOOL,
            new RegionCode("990101"),
            new OccupationCode("4-10-01-05"),
            5,
            "养老护理员（五级）",
            "plan",
            "offline",
            "exam",
            "jobs",
            "hall",
            List.of(new PersonPseudonym("T".repeat(43))),
            List.of("book"),
            PEOPLE),
        new ClassRules(
            "990000/2025-01-01", 300, 500, new AttendanceRules(30, 10, 45, 15, 60, 45, 80, true)),
        at);
  }

  private Lesson lesson(int day) {
    Instant start = morning.plus(Duration.ofDays(day));
    return new Lesson(
        new LessonId("D%02d-AM".formatted(day)),
        "理论",
        LessonKind.THEORY,
        start,
        start.plus(LESSON));
  }

  private void scan(int day, Act act, int person) {
    Lesson lesson = lesson(day);
    Instant now =
        (act == Act.IN ? lesson.startsAt() : lesson.endsAt())
            .plus(BETWEEN_TAPS.multipliedBy(person));
    var received =
        new ReceivedStatement(
            lesson.id(),
            act,
            new Scan.Fingerprint(chance.nextLong()),
            new Scan.Fingerprint(chance.nextLong()),
            statement(now));
    var decision =
        ScanDecider.record(
                state,
                new ScanCommand.RecordAttendance(
                    CLASS,
                    SCHOOL,
                    Scan.of(people.get(person), received),
                    Circumstances.online("S1", "R201"),
                    new Verification("physical_card", "card_platform", base64(16), true),
                    Optional.empty(),
                    "01M80A8P776P14S%011d".formatted(events.size()),
                    base64(32),
                    now))
            .sealedBy(sealer);
    decision.events().forEach(this::record);
  }

  private DeviceStatement statement(Instant now) {
    String hash = base64(32);
    var statement =
        new DeviceStatement(
            DEVICE,
            ++counter,
            1,
            now,
            1500,
            "",
            "",
            base64(32),
            previousHash,
            base64(64),
            Optional.of(new DeviceStatement.Signed(DeviceSuite.SM2, hash)));
    previousHash = hash;
    return statement;
  }

  private void decide(ClassCommand command) {
    switch (ClassDecider.decide(state, command, Actor.GATEWAY)) {
      case Decision.Accepted<ClassEvent, ClassRefusal>(var accepted) ->
          accepted.forEach(this::record);
      case Decision.Rejected<ClassEvent, ClassRefusal>(var reason) ->
          throw new IllegalStateException("a class to measure is refused: " + reason);
    }
  }

  private void record(ClassEvent event) {
    events.add(event);
    state = ClassEvolution.evolve(state, event, events.size());
  }

  private String base64(int bytes) {
    byte[] random = new byte[bytes];
    chance.nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
