package org.skillvoucher.gateway.flag;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.LessonKind;
import org.skillvoucher.domain.device.DeviceAnomaly;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.policy.DoorRules;
import org.skillvoucher.domain.policy.FieldRules;
import org.skillvoucher.domain.policy.FlagKind;
import org.skillvoucher.domain.policy.FlagRules;
import org.skillvoucher.domain.policy.VoucherAtDoor;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.Circumstances.Offline;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.Verification;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;
import org.skillvoucher.gateway.projection.ClassStory;

/** A class's events, one by one, as they matter to its flags. Person 900 teaches it. */
public final class FlaggedClass {
  public static final int TEACHER = 900;

  /** Nine in the morning of a Monday. */
  public static final Instant NINE = Instant.parse("2026-03-02T01:00:00Z");

  final String id;
  private final List<FeedEnvelope> feed = new ArrayList<>();
  private final Map<String, Long> counters = new HashMap<>();
  private long receipts;

  /** Filed by the sample institution, with a level for each kind. */
  public FlaggedClass(String id, int level) {
    this(id, rules(level, Set.of(FlagKind.DEVICE_OFF_VENUE)));
  }

  private FlaggedClass(String id, ClassRules rules) {
    this.id = id;
    Instant at = NINE.minus(Duration.ofDays(3));
    add(new ClassEvent.Filed(new ClassStory(id).filing("电工"), rules, at));
  }

  /** Where the region asks for no flag of an absent teacher. */
  static FlaggedClass withoutTeacher(String id, int level) {
    return new FlaggedClass(
        id, rules(level, Set.of(FlagKind.TEACHER_ABSENT, FlagKind.DEVICE_OFF_VENUE)));
  }

  /** Where the region looks at the door only, and flags a trainee without a voucher. */
  static FlaggedClass ofDoor(String id, VoucherAtDoor voucher) {
    Set<FlagKind> others =
        EnumSet.complementOf(
            EnumSet.of(FlagKind.WITNESS_OVERUSED, FlagKind.DEVICE_OFF_VENUE, FlagKind.NO_VOUCHER));
    ClassRules plain = rules(3, others);
    return new FlaggedClass(
        id,
        new ClassRules(
            plain.pack(),
            plain.rosterMax(),
            plain.lessonsMax(),
            plain.attendance(),
            plain.field(),
            plain.flags(),
            Optional.of(new DoorRules(voucher, false, 3, 2))));
  }

  public static ClassRules rules(int level, Set<FlagKind> off) {
    Map<FlagKind, Integer> levels = new HashMap<>();
    for (FlagKind kind : FlagKind.values()) {
      levels.put(kind, off.contains(kind) ? 0 : level);
    }
    return new ClassRules(
        "990000/2025-01-01",
        60,
        100,
        new AttendanceRules(30, 10, 60, 15, 60, 45, 80, false),
        Optional.of(new FieldRules(72, 120, 500, 10, false, 7, true)),
        Optional.of(new FlagRules(6, 3, 50, 24, 4, levels)));
  }

  public static Lesson lesson(String id, Instant startsAt, int minutes) {
    return new Lesson(
        new LessonId(id),
        "课",
        LessonKind.THEORY,
        startsAt,
        startsAt.plus(Duration.ofMinutes(minutes)));
  }

  public static String person(int n) {
    return ClassStory.person(n).value();
  }

  /** An event that is none of a lesson's, such as moves the time on. */
  public FlaggedClass later(Instant at) {
    return add(new ClassEvent.Opened(at));
  }

  public FlaggedClass scheduled(Lesson... lessons) {
    return add(new ClassEvent.Scheduled(List.of(lessons), NINE.minus(Duration.ofDays(2))));
  }

  FlaggedClass rescheduled(Instant at, Lesson... lessons) {
    var change = new ClassCommand.Change("T1", "the room is taken");
    return add(new ClassEvent.Rescheduled(List.of(lessons), change, at));
  }

  /** A roster whose first person is known by another name. */
  FlaggedClass enrolled(int nameDiffers, int other, Instant at) {
    var first = ClassStory.person(nameDiffers);
    return add(
        new ClassEvent.Enrolled(
            List.of(first, ClassStory.person(other)),
            at,
            Optional.empty(),
            Optional.of(List.of(first))));
  }

  /** Where and how a tap is made. */
  public record Way(String device, String site, Optional<Instant> arrivedAt) {
    public static final Way KIOSK = on("D1-1", "S1");

    static Way on(String device, String site) {
      return new Way(device, site, Optional.empty());
    }

    public Way arriving(Instant at) {
      return new Way(device, site, Optional.of(at));
    }

    private Circumstances circumstances() {
      return new Circumstances(
          site,
          "R1",
          arrivedAt.map(at -> new Offline(Optional.of(at), at)),
          Optional.empty(),
          Optional.empty());
    }
  }

  public FlaggedClass in(int person, String lesson, Instant at) {
    return tap(person, lesson, Act.IN, at, Way.KIOSK);
  }

  public FlaggedClass out(int person, String lesson, Instant at) {
    return tap(person, lesson, Act.OUT, at, Way.KIOSK);
  }

  FlaggedClass tap(int person, String lesson, Act act, Instant at, Way way) {
    return attended(person, lesson, act, signed(next(way), at), way);
  }

  /** A witness signs a person in. */
  FlaggedClass vouched(int person, String lesson, Instant at, int witness) {
    Circumstances how =
        Way.KIOSK.circumstances().witnessed(Optional.of(ClassStory.person(witness)));
    return attended(person, lesson, Act.IN, signed(next(Way.KIOSK), at), how);
  }

  /** A person's phone scanned the room's code. */
  FlaggedClass phone(int person, String lesson, Instant at) {
    var statement = DeviceStatement.unsigned("D1-1", at);
    return attended(person, lesson, Act.IN, statement, Way.KIOSK);
  }

  private FlaggedClass attended(
      int person, String lesson, Act act, DeviceStatement statement, Way way) {
    return attended(person, lesson, act, statement, way.circumstances());
  }

  private FlaggedClass attended(
      int person, String lesson, Act act, DeviceStatement statement, Circumstances how) {
    Scan scan =
        new Scan(
            ClassStory.person(person),
            new LessonId(lesson),
            act,
            new Scan.Fingerprint(1),
            new Scan.Fingerprint(2),
            statement);
    long sequence = ++receipts;
    return add(
        new ClassEvent.Attended(
            scan,
            false,
            "",
            new Verification("physical_card", "card_platform", "r", how.offline().isEmpty()),
            new SealedReceipt(id + "." + sequence, sequence, "record", "hash", 0),
            how.offline().map(Offline::arrivedAt).orElse(statement.tappedAt()),
            Optional.of(how)));
  }

  /** An offline tap that gives no receipt. */
  public FlaggedClass aside(
      int person, String lesson, Act act, Instant at, Way way, String reason) {
    return add(
        new ClassEvent.Quarantined(
            reason.equals("captured") ? Optional.empty() : Optional.of(ClassStory.person(person)),
            new LessonId(lesson),
            act,
            new Scan.Fingerprint(2),
            signed(next(way), at),
            reason,
            false,
            way.circumstances(),
            way.arrivedAt().orElse(at)));
  }

  FlaggedClass noted(DeviceAnomaly matter, String lesson, long expected, long counter, Instant at) {
    return add(
        new ClassEvent.DeviceNoted(
            matter,
            new LessonId(lesson),
            Act.IN,
            signed(new Counted("D1-1", counter), at),
            expected,
            at));
  }

  FlaggedClass waived(long from, long to, Instant at) {
    return add(
        new ClassEvent.GapWaived("D1-1", from, to, new ClassCommand.Change("T2", "broken"), at));
  }

  public FlaggedClass decided(String flagId, boolean confirmed, Instant at) {
    var decider = new ClassCommand.Change("T9", "looked at it");
    return add(new ClassEvent.FlagDecided(flagId, confirmed, decider, at));
  }

  /** The next counter of the device is so much higher. */
  FlaggedClass skip(int counters) {
    this.counters.merge("D1-1", (long) counters, Long::sum);
    return this;
  }

  private record Counted(String device, long counter) {}

  private Counted next(Way way) {
    return new Counted(way.device(), counters.merge(way.device(), 1L, Long::sum));
  }

  private static DeviceStatement signed(Counted counted, Instant at) {
    return new DeviceStatement(
            counted.device(), counted.counter(), 1, at, 0, "", "", "crd", "", "", Optional.empty())
        .signedWith(new DeviceStatement.Signed(DeviceSuite.ED25519, "hash"));
  }

  private FlaggedClass add(ClassEvent event) {
    feed.add(ClassStory.envelope("class|" + id, feed.size() + 1, event));
    return this;
  }

  /** The events as the feed hands them on. */
  List<FeedEnvelope> feed() {
    return feed;
  }
}
