package org.skillvoucher.gateway.projection;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
import org.skillvoucher.domain.identity.Parsed;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.identity.Side;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.scan.Verification;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.ClassDecider;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.ClassEvolution;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.domain.trainingclass.ClassState;
import org.skillvoucher.domain.trainingclass.Correction;
import org.skillvoucher.domain.trainingclass.Filing;
import org.skillvoucher.domain.trainingclass.ScanDecider;
import org.skillvoucher.domain.trainingclass.ScanResult;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;

/** A class's life by the real rules; its events are what a journal would hold. */
public final class ClassStory {
  static final AttendanceRules ATTENDANCE = new AttendanceRules(30, 10, 60, 15, 60, 45, 80, true);
  static final ClassRules RULES = new ClassRules("990000/2025-01-01", 60, 100, ATTENDANCE);
  static final String DEVICE = "DABCD0123456789X-1";
  static final Instant FIRST_LESSON = Instant.parse("2026-03-02T00:30:00.123456789Z");

  public final String id;
  public final CreditCode institution;
  public final RegionCode region;
  public final List<ClassEvent> events = new ArrayList<>();
  private ClassState state = ClassState.initial();
  private long counter;
  private String previous = DeviceStatement.NO_PREVIOUS;
  private Instant now = Instant.parse("2026-03-01T01:02:03.987654321Z");

  ClassStory(String id, String institution, String region) {
    this.id = id;
    this.institution = creditCode(institution);
    this.region = new RegionCode(region);
  }

  public ClassStory(String id) {
    this(id, "91990000MA0000001", "990101");
  }

  /** A code of 17 characters with the check that fits them. */
  static CreditCode creditCode(String first17) {
    return "0123456789ABCDEFGHJKLMNPQRTUWXY"
        .chars()
        .mapToObj(check -> CreditCode.parse(first17 + (char) check))
        .flatMap(
            parsed ->
                parsed instanceof Parsed.Valid<CreditCode>(var code)
                    ? Stream.of(code)
                    : Stream.empty())
        .findFirst()
        .orElseThrow();
  }

  public static byte[] digest(byte[] input) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(input);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String hash(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  public static PersonPseudonym person(int n) {
    return new PersonPseudonym(hash("person " + n));
  }

  public static List<PersonPseudonym> people(int count) {
    return IntStream.range(0, count).mapToObj(ClassStory::person).toList();
  }

  static VoucherId voucher(int n) {
    return new VoucherId("V" + n);
  }

  static List<Lesson> lessons(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            n -> {
              Instant start = FIRST_LESSON.plus(Duration.ofDays(n));
              return new Lesson(
                  new LessonId("L" + n),
                  "第" + n + "课",
                  n % 2 == 0 ? LessonKind.THEORY : LessonKind.PRACTICE,
                  start,
                  start.plus(Duration.ofMinutes(90 + n)));
            })
        .toList();
  }

  public Filing filing(String title) {
    return new Filing(
        institution,
        region,
        new OccupationCode("6-31-01-03"),
        4,
        title,
        "教学计划",
        "线下",
        "考试",
        "推荐就业",
        "一号\"实训\"楼",
        List.of(person(900)),
        List.of("电工"),
        40);
  }

  public ClassState state() {
    return state;
  }

  private static final Actor OFFICIAL = new Actor("P-official", Side.BUREAU, "T-official");

  /** Sends a command; its events follow. */
  public ClassStory send(ClassCommand command) {
    Decision<ClassEvent, ClassRefusal> decision = ClassDecider.decide(state, command, OFFICIAL);
    switch (decision) {
      case Decision.Accepted<ClassEvent, ClassRefusal>(var facts) -> facts.forEach(this::keep);
      case Decision.Rejected<ClassEvent, ClassRefusal>(var reason) ->
          throw new IllegalStateException(reason.toString());
    }
    return this;
  }

  private void keep(ClassEvent event) {
    events.add(event);
    state = ClassEvolution.evolve(state, event, events.size());
  }

  ClassStory filed(String title) {
    return send(new ClassCommand.File(filing(title), RULES, now));
  }

  ClassStory approved() {
    return send(new ClassCommand.Approve("official", now.plusMillis(1)));
  }

  /** Filed, approved, filled and opened. */
  public ClassStory opened(int people, int lessons) {
    filed("电工").approved();
    send(new ClassCommand.Enrol(people(people), now));
    send(new ClassCommand.Schedule(lessons(lessons), now));
    for (int n = 0; n < people; n++) {
      send(new ClassCommand.AdmitVoucher(person(n), voucher(n), now));
    }
    return send(new ClassCommand.Open(now));
  }

  /** A scan so many minutes from the lesson's start, or for an "out" from its end. */
  public ClassStory scanned(int person, int lesson, Act act, int minutes) {
    Lesson held = lessons(lesson + 1).getLast();
    now = (act == Act.IN ? held.startsAt() : held.endsAt()).plus(Duration.ofMinutes(minutes));
    String name = "%d.%d.%s".formatted(person, lesson, act.code());
    Scan scan =
        new Scan(
            person(person),
            held.id(),
            act,
            new Scan.Fingerprint(name.hashCode()),
            new Scan.Fingerprint(~name.hashCode()),
            DeviceStatement.unsigned("dev", now));
    Verification verification = new Verification("physical_card", "card_platform", "r", true);
    return scanned(
        new ScanCommand.RecordAttendance(
            new ClassId(id),
            institution,
            scan,
            Circumstances.online("S1", "R1"),
            verification,
            Optional.empty(),
            id + "." + name,
            hash(name),
            now));
  }

  /** A statement as the class decides it; what it keeps follows. */
  ClassStory scanned(ScanCommand command) {
    decide(command);
    return this;
  }

  /** The same, with what the class answers. */
  public ScanResult decide(ScanCommand command) {
    var decision = ScanDecider.decide(state, command).sealedBy(ClassStory::seal);
    decision.events().forEach(this::keep);
    return decision.result();
  }

  /** The same by a device without a line, whose batch came two hours later. */
  public ClassStory scannedOffline(int person, int lesson, Act act, int minutes) {
    Lesson held = lessons(lesson + 1).getLast();
    Instant tappedAt =
        (act == Act.IN ? held.startsAt() : held.endsAt()).plus(Duration.ofMinutes(minutes));
    now = tappedAt.plus(Duration.ofHours(2));
    counter++;
    String name = "offline." + counter;
    var statement =
        new DeviceStatement(
            DEVICE,
            counter,
            1,
            tappedAt,
            0,
            "beacon",
            "",
            hash(name),
            previous,
            "",
            Optional.of(new DeviceStatement.Signed(DeviceSuite.ED25519, hash("signed " + name))));
    previous = hash("signed " + name);
    var offline = new Circumstances.Offline(Optional.of(tappedAt), now);
    return scanned(
        new ScanCommand.RecordAttendance(
            new ClassId(id),
            institution,
            new Scan(
                person(person),
                held.id(),
                act,
                new Scan.Fingerprint(name.hashCode()),
                new Scan.Fingerprint(~name.hashCode()),
                statement),
            new Circumstances("S1", "R1", Optional.of(offline), Optional.empty(), Optional.empty()),
            new Verification("physical_card", "card_platform", "r", false),
            Optional.empty(),
            id + "." + name,
            hash(name),
            now));
  }

  /** Calls a check so many minutes after a lesson's start. */
  public ClassStory checkCalled(int lesson, int minutes) {
    Lesson held = lessons(lesson + 1).getLast();
    Instant at = held.startsAt().plus(Duration.ofMinutes(minutes));
    return send(new ClassCommand.CallSpotCheck(held.id(), 10, "T-official", at));
  }

  /** Proposed by one person after all lessons, and decided by another at that time. */
  public ClassStory corrected(
      String correction,
      int person,
      int lesson,
      Correction.Kind kind,
      boolean approved,
      Instant at) {
    Instant proposedAt = FIRST_LESSON.plus(Duration.ofDays(100));
    send(
        new ClassCommand.ProposeCorrection(
            new Correction(
                correction,
                person(person),
                lessons(lesson + 1).getLast().id(),
                kind,
                "reader broke",
                "T-school",
                proposedAt,
                Optional.empty()),
            proposedAt));
    return send(
        new ClassCommand.DecideCorrection(
            correction,
            approved && (kind == Correction.Kind.AMENDMENT || isSeen(person)),
            new ClassCommand.Change("T-official", "seen"),
            at));
  }

  private boolean isSeen(int person) {
    return state instanceof ClassState.Open open
        && open.ledger().lastOf(person(person)).isPresent();
  }

  /** The person's voucher is frozen or void before the class ends. */
  public ClassStory withdrawn(int person) {
    return send(new ClassCommand.WithdrawVoucher(person(person), voucher(person), now));
  }

  public ClassStory closed() {
    now = FIRST_LESSON.plus(Duration.ofDays(200));
    return send(new ClassCommand.Close(now));
  }

  /** The events as the feed hands them on. */
  public List<FeedEnvelope> feed() {
    List<FeedEnvelope> feed = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      feed.add(envelope("class|" + id, i + 1, events.get(i)));
    }
    return feed;
  }

  public static FeedEnvelope envelope(String persistenceId, long sequence, Object event) {
    return new FeedEnvelope("1:" + sequence, persistenceId, sequence, 0, event);
  }

  private static SealedReceipt seal(ReceiptDraft draft) {
    return new SealedReceipt(
        draft.id(),
        draft.sequence(),
        "record of " + draft.id(),
        hash(draft.toString()),
        draft.issuedAtMillis());
  }
}
