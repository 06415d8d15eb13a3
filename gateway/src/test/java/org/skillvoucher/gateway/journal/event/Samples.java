package org.skillvoucher.gateway.journal.event;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.LessonKind;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.OccupationCode;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.identity.Side;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.institution.InstitutionEvent;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.policy.FieldRules;
import org.skillvoucher.domain.policy.FlagKind;
import org.skillvoucher.domain.policy.FlagRules;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.Scan.Fingerprint;
import org.skillvoucher.domain.scan.Scan.NaturalKey;
import org.skillvoucher.domain.scan.ScanLedger;
import org.skillvoucher.domain.scan.ScanLedger.Numbered;
import org.skillvoucher.domain.scan.Verification;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.ClassState;
import org.skillvoucher.domain.trainingclass.Correction;
import org.skillvoucher.domain.trainingclass.Filing;
import org.skillvoucher.domain.trainingclass.Roster;
import org.skillvoucher.domain.trainingclass.Timetable;
import org.skillvoucher.domain.voucher.VoucherEvent;
import org.skillvoucher.domain.voucher.VoucherPlaces;
import org.skillvoucher.domain.voucher.VoucherTerms;

/** One event of each kind as the golden files hold it, and states for snapshots. */
public final class Samples {
  public static final Instant AT = Instant.parse("2025-03-03T01:00:00Z");
  public static final ClassId CLASS_ID = new ClassId("C0123456789ABCDEF");
  public static final PersonPseudonym PERSON = new PersonPseudonym("p".repeat(43));
  static final VoucherId VOUCHER = new VoucherId("V0123456789ABCDEFGHJK");
  public static final VoucherTerms TERMS =
      new VoucherTerms(
          PERSON,
          new RegionCode("990000"),
          new OccupationCode("4-03-02-01"),
          5,
          Instant.parse("2025-12-31T16:00:00Z"));

  private static final VoucherTerms PLACED =
      new VoucherTerms(
          PERSON,
          new RegionCode("990000"),
          new OccupationCode("4-03-02-01"),
          5,
          Instant.parse("2025-12-31T16:00:00Z"),
          Optional.of(
              new VoucherPlaces(
                  List.of(new RegionCode("990100"), new RegionCode("990201")),
                  List.of(new CreditCode("52990101MA00XY0180")))));

  private static final Filing FILING =
      new Filing(
          new CreditCode("91990000MA00000008"),
          new RegionCode("990000"),
          new OccupationCode("4-03-02-01"),
          5,
          "中式烹调师初级班",
          "40 class hours",
          "centralised",
          "practical examination",
          "job fair",
          "Room 1",
          List.of(new PersonPseudonym("t".repeat(43))),
          List.of("中式烹调师（初级）"),
          60);
  private static final ClassRules RULES =
      new ClassRules(
          "990000/2025-01-01", 60, 200, new AttendanceRules(30, 5, 15, 15, 30, 45, 80, true));
  private static final SealedReceipt RECEIPT =
      new SealedReceipt(
          "01JNDXR9R0ABCDEFGHJKMNPQRS",
          1,
          "UjEtcmVjb3Jk",
          "h".repeat(43),
          AT.plusMillis(250).toEpochMilli());

  private static final DeviceStatement BEFORE_DEVICES_SIGNED =
      new DeviceStatement("device-1", 7, 1, AT, 1500, "", "n0nce", "", "", "", Optional.empty());

  /** Golden files beside the first of their name: the same event with members added later. */
  static final Set<String> VARIANTS =
      Stream.concat(
              Stream.of(
                  "class.filed/1+field",
                  "class.attended/1+field",
                  "voucher.issued/1+places",
                  "institution.admitted/1+override"),
              EventNames.all().stream().filter(Samples::isOfCommand).map(name -> name + "+by"))
          .collect(Collectors.toUnmodifiableSet());

  static final Actor OFFICIAL = new Actor("P-7", Side.BUREAU, "T-official");

  /** The others follow from scans, or from another entity's events. */
  private static boolean isOfCommand(String name) {
    return !Set.of(
            "class.attended/1",
            "class.set_aside/1",
            "class.device_noted/1",
            "class.voucher_admitted/1",
            "class.voucher_withdrawn/1")
        .contains(name);
  }

  private Samples() {}

  public static Object event(String name) {
    return name.endsWith("+by")
        ? byAPerson(event(name.substring(0, name.length() - "+by".length())))
        : eventOf(name);
  }

  /** As it is persisted since tokens name people. */
  private static Object byAPerson(Object event) {
    return switch (event) {
      case ClassEvent.Enrolled enrolled ->
          new ClassEvent.Enrolled(
              enrolled.people(),
              enrolled.at(),
              Optional.of(OFFICIAL),
              Optional.of(List.of(PERSON)));
      case ClassEvent.CorrectionProposed(var old, var at, var by) ->
          new ClassEvent.CorrectionProposed(
              new Correction(
                  old.id(),
                  old.person(),
                  old.lesson(),
                  old.kind(),
                  old.reason(),
                  old.by(),
                  old.at(),
                  old.decision(),
                  Optional.of(OFFICIAL)),
              at,
              Optional.of(OFFICIAL));
      case ClassEvent ofClass -> ofClass.by(OFFICIAL);
      case VoucherEvent ofVoucher -> ofVoucher.by(OFFICIAL);
      case InstitutionEvent ofInstitution -> ofInstitution.by(OFFICIAL);
      default -> throw new IllegalArgumentException("no event: " + event);
    };
  }

  private static Object eventOf(String name) {
    return switch (name) {
      case "class.filed/1+field" -> new ClassEvent.Filed(FILING, fieldRules(), AT);
      case "class.attended/1+field" ->
          attended(FieldSamples.statement(), Optional.of(FieldSamples.circumstances()));
      case "voucher.issued/1" -> new VoucherEvent.Issued(TERMS, AT);
      case "voucher.claimed/1" -> new VoucherEvent.Claimed(AT);
      case "voucher.bound/1" -> new VoucherEvent.Bound(CLASS_ID, PERSON, AT);
      case "voucher.completed/1" -> new VoucherEvent.Completed(CLASS_ID, AT);
      case "voucher.issued/1+places" -> new VoucherEvent.Issued(PLACED, AT);
      case "voucher.lapsed/1" -> new VoucherEvent.Lapsed("not_completed", AT);
      case "voucher.expired/1" -> new VoucherEvent.Expired(AT);
      case "voucher.voided/1" -> new VoucherEvent.Voided("issued twice", AT);
      case "voucher.frozen/1" -> new VoucherEvent.Frozen("card lost", AT);
      case "voucher.unfrozen/1" -> new VoucherEvent.Unfrozen(AT);
      case "class.filed/1" -> new ClassEvent.Filed(FILING, RULES, AT);
      case "class.approved/1" -> new ClassEvent.Approved("official-1", AT);
      case "class.returned/1" -> new ClassEvent.Returned("official-1", "venue unclear", AT);
      case "class.enrolled/1" -> new ClassEvent.Enrolled(List.of(PERSON, person(7)), AT);
      case "class.unenrolled/1" ->
          new ClassEvent.Unenrolled(PERSON, "moved away", AT, Optional.empty());
      case "class.name_mended/1" ->
          new ClassEvent.NameMended(PERSON, "moved away", AT, Optional.empty());
      case "class.scheduled/1" -> new ClassEvent.Scheduled(lessons(2), AT);
      case "class.voucher_admitted/1" -> new ClassEvent.VoucherAdmitted(PERSON, VOUCHER, AT);
      case "class.voucher_withdrawn/1" -> new ClassEvent.VoucherWithdrawn(PERSON, VOUCHER, AT);
      case "class.opened/1" -> new ClassEvent.Opened(AT);
      case "class.attended/1" -> attended(BEFORE_DEVICES_SIGNED, Optional.empty());
      case "class.closed/1" -> new ClassEvent.Closed(4800, "h".repeat(43), AT);
      default -> FieldSamples.event(name);
    };
  }

  private static ClassEvent.Attended attended(
      DeviceStatement statement, Optional<Circumstances> circumstances) {
    var scan =
        new Scan(
            PERSON,
            new LessonId("L1"),
            Act.IN,
            new Fingerprint(0x0123456789abcdefL),
            new Fingerprint(-1),
            statement);
    return new ClassEvent.Attended(
        scan,
        true,
        VOUCHER.value(),
        new Verification("physical_card", "card_platform", "ref-1", true),
        RECEIPT,
        AT.plusMillis(250),
        circumstances);
  }

  private static ClassRules fieldRules() {
    return new ClassRules(
        RULES.pack(),
        RULES.rosterMax(),
        RULES.lessonsMax(),
        RULES.attendance(),
        Optional.of(new FieldRules(72, 120, 800, 30, true, 8, false)),
        Optional.of(new FlagRules(150, 3, 50, 24, 60, Map.of(FlagKind.VELOCITY, 3))));
  }

  static List<Lesson> lessons(int count) {
    List<Lesson> lessons = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Instant startsAt = AT.plus(Duration.ofHours(6L * i));
      lessons.add(
          new Lesson(
              new LessonId("L" + (i + 1)),
              "第" + (i + 1) + "课",
              i % 2 == 0 ? LessonKind.THEORY : LessonKind.PRACTICE,
              startsAt,
              startsAt.plus(Duration.ofHours(3))));
    }
    return lessons;
  }

  /** A class of {@code people} who came to and left each of {@code lessons}, in changing order. */
  public static ClassState.Open fullClass(int people, int lessons) {
    var random = new Random(42);
    List<Roster.Entry> roster = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      var voucher =
          i % 10 == 9
              ? Optional.<VoucherId>empty()
              : Optional.of(new VoucherId("V" + Long.toString(random.nextLong() >>> 1, 36)));
      roster.add(new Roster.Entry(person(random.nextLong()), true, voucher));
    }
    List<ScanLedger.Entry> entries = new ArrayList<>();
    long eventNumber = people + 5L;
    for (Lesson lesson : lessons(lessons)) {
      for (Act act : List.of(Act.IN, Act.OUT)) {
        List<Roster.Entry> coming = new ArrayList<>(roster);
        Collections.shuffle(coming, random);
        long tappedAtMillis = lesson.startsAt().toEpochMilli();
        for (Roster.Entry line : coming) {
          tappedAtMillis += 1_000 + random.nextInt(5_000);
          eventNumber += random.nextInt(50) == 0 ? 2 : 1;
          entries.add(
              new ScanLedger.Entry(
                  new NaturalKey(line.person(), lesson.id(), act),
                  new Fingerprint(random.nextLong()),
                  new Fingerprint(random.nextLong()),
                  act == Act.IN && random.nextInt(10) == 0,
                  eventNumber,
                  Optional.of(new Numbered("DABCD0123456789X-1", entries.size() + 1L)),
                  tappedAtMillis,
                  Optional.empty()));
        }
      }
    }
    var plan =
        new ClassState.Plan(FILING, RULES, AT, Roster.of(roster), Timetable.of(lessons(lessons)));
    return new ClassState.Open(
        plan,
        ScanLedger.of(entries, List.of()),
        new ClassState.Chain(entries.size(), "h".repeat(43), AT.toEpochMilli()),
        FieldSamples.devices(),
        FieldSamples.supervision());
  }

  /** With the rules that came later, and nothing added by people. */
  public static ClassState.Open fieldClass() {
    ClassState.Open full = fullClass(2, 1);
    ClassState.Plan plan = full.plan();
    return new ClassState.Open(
        new ClassState.Plan(
            plan.filing(), fieldRules(), plan.approvedAt(), plan.roster(), plan.timetable()),
        full.ledger(),
        full.chain());
  }

  public static ClassState approvedClass() {
    return new ClassState.Approved(
        new ClassState.Plan(FILING, RULES, AT, Roster.EMPTY, Timetable.EMPTY));
  }

  public static ClassState filedClass() {
    return new ClassState.Filed(FILING, RULES);
  }

  private static PersonPseudonym person(long seed) {
    var bytes = new byte[32];
    new Random(seed).nextBytes(bytes);
    return new PersonPseudonym(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }
}
