package org.skillvoucher.gateway.projection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.skillvoucher.gateway.flag.FlaggedClass.NINE;
import static org.skillvoucher.gateway.flag.FlaggedClass.TEACHER;
import static org.skillvoucher.gateway.flag.FlaggedClass.lesson;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.device.DeviceAnomaly;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.Verification;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.Correction;
import org.skillvoucher.gateway.flag.FlaggedClass;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;

/**
 * A class's events as chance will have them, also such as the rules would hardly let through: the
 * read side must come to the same whatever the events are.
 */
public final class RandomEvents {
  private static final int PEOPLE = 12;
  private static final int LESSONS = 5;
  private static final List<DeviceAnomaly> MATTERS = List.of(DeviceAnomaly.values());
  private static final ClassCommand.Change CHANGE = new ClassCommand.Change("T1", "because");

  private final String id;
  private final Random random;
  private final List<FeedEnvelope> feed = new ArrayList<>();
  private final Map<String, Long> counters = new HashMap<>();
  private final List<DeviceStatement> aside = new ArrayList<>();
  private final Map<Scan.NaturalKey, Scan> scans = new LinkedHashMap<>();
  private final Map<PersonPseudonym, VoucherId> vouchers = new LinkedHashMap<>();
  private final Set<String> named = new HashSet<>();
  private String lastHash = DeviceStatement.NO_PREVIOUS;
  private long receipts;
  private final Set<PersonPseudonym> enrolled = new LinkedHashSet<>();
  private Instant now = NINE.minus(Duration.ofDays(1));

  private RandomEvents(String id, Random random) {
    this.id = id;
    this.random = random;
  }

  /** The events of one class, filed, filled, and in the end perhaps closed. */
  static List<FeedEnvelope> ofClass(String id, int steps, Random random) {
    RandomEvents events = new RandomEvents(id, random);
    events.begin();
    for (int step = 0; step < steps; step++) {
      events.step();
    }
    if (random.nextBoolean()) {
      events.add(new ClassEvent.Closed(events.receipts, events.lastHash, events.now));
    }
    return events.feed;
  }

  /** The events of all, mixed, each one's own in their order. */
  public static List<FeedEnvelope> mixed(List<List<FeedEnvelope>> feeds, Random random) {
    List<Integer> turns = new ArrayList<>();
    for (int n = 0; n < feeds.size(); n++) {
      turns.addAll(Collections.nCopies(feeds.get(n).size(), n));
    }
    Collections.shuffle(turns, random);
    int[] next = new int[feeds.size()];
    return turns.stream().map(n -> feeds.get(n).get(next[n]++)).toList();
  }

  private void begin() {
    add(
        new ClassEvent.Filed(
            new ClassStory(id).filing("电工"), FlaggedClass.rules(2, Set.of()), now));
    add(new ClassEvent.Approved("T1", now));
    enrol(ClassStory.people(PEOPLE / 2));
    add(new ClassEvent.Scheduled(timetable(), now));
  }

  private void step() {
    now = now.plusSeconds(random.nextInt(3000));
    switch (random.nextInt(24)) {
      case 0 -> put(Optional.of(person()), statement(), "repeated");
      case 1 -> put(Optional.empty(), statement(), ClassEvent.Quarantined.CAPTURED);
      case 2 -> put(Optional.of(person()), statement(), "tap_time_unprovable");
      case 3 -> put(Optional.of(person()), oneOf(aside, statement()), "outside_window");
      case 4 -> put(Optional.of(person()), statement(), "tap_rate");
      case 5 -> attend(oneOf(aside, statement()), person());
      case 6 -> inTime();
      case 7 -> admit();
      case 8 -> vouchers.entrySet().stream().findFirst().ifPresent(this::withdraw);
      case 9 -> note(MATTERS.get(random.nextInt(MATTERS.size())));
      case 10 -> add(new ClassEvent.GapWaived(device(), counter(), counter() + 3, CHANGE, now));
      case 11 -> people();
      default -> attend(statement(), person());
    }
  }

  private void enrol(List<PersonPseudonym> people) {
    enrolled.addAll(people);
    add(new ClassEvent.Enrolled(people, now));
  }

  private void unenrol(PersonPseudonym person) {
    enrolled.remove(person);
    add(new ClassEvent.NameMended(person, "typing error", now, Optional.empty()));
    add(new ClassEvent.Unenrolled(person, "moved away", now, Optional.empty()));
  }

  private void people() {
    switch (random.nextInt(5)) {
      case 0 -> enrol(List.of(person(), person()));
      case 1 -> add(new ClassEvent.Rescheduled(timetable(), CHANGE, now));
      case 2 -> decide();
      case 3 -> correct("K" + feed.size());
      default -> {
        add(new ClassEvent.Opened(now));
        enrolled.stream().findFirst().ifPresent(this::unenrol);
      }
    }
  }

  private List<Lesson> timetable() {
    return IntStream.range(0, LESSONS)
        .filter(n -> random.nextInt(9) > 0)
        .mapToObj(n -> lesson("L" + n, start(n).plusSeconds(600L * random.nextInt(3)), 60))
        .toList();
  }

  private static Instant start(int lesson) {
    return NINE.plus(Duration.ofHours(lesson / 3 * 24L + lesson % 3 * 2L));
  }

  private void attend(DeviceStatement statement, PersonPseudonym person) {
    Act act = random.nextBoolean() ? Act.IN : Act.OUT;
    Scan scan =
        new Scan(
            person,
            lessonId(),
            act,
            new Scan.Fingerprint(1),
            new Scan.Fingerprint(2),
            random.nextInt(9) > 0
                ? statement
                : DeviceStatement.unsigned("phone", statement.tappedAt()));
    if (scans.putIfAbsent(scan.naturalKey(), scan) != null) {
      return;
    }
    aside.remove(statement);
    Circumstances how = circumstances();
    receipts++;
    lastHash = ClassStory.hash(id + receipts);
    add(
        new ClassEvent.Attended(
            scan,
            act == Act.IN && random.nextInt(3) == 0,
            random.nextBoolean() ? "" : "V1",
            new Verification("physical_card", "card_platform", "r", how.offline().isEmpty()),
            new SealedReceipt(id + "." + receipts, receipts, "record", lastHash, receipts),
            now,
            Optional.of(how)));
  }

  private Circumstances circumstances() {
    return new Circumstances(
        random.nextInt(9) == 0 ? "" : "S" + random.nextInt(2),
        "R1",
        random.nextBoolean()
            ? Optional.of(new Circumstances.Offline(Optional.empty(), now))
            : Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private void put(Optional<PersonPseudonym> person, DeviceStatement statement, String reason) {
    aside.add(statement);
    add(
        new ClassEvent.Quarantined(
            person,
            lessonId(),
            random.nextBoolean() ? Act.IN : Act.OUT,
            new Scan.Fingerprint(2),
            statement,
            reason,
            false,
            circumstances(),
            now));
  }

  private void inTime() {
    scans.values().stream()
        .findAny()
        .ifPresent(
            scan ->
                add(
                    new ClassEvent.Quarantined(
                        Optional.of(scan.person()),
                        scan.lesson(),
                        scan.act(),
                        new Scan.Fingerprint(2),
                        statement(),
                        "repeated",
                        true,
                        circumstances(),
                        now)));
  }

  private void note(DeviceAnomaly matter) {
    DeviceStatement statement = statement();
    add(
        new ClassEvent.DeviceNoted(
            matter,
            lessonId(),
            Act.IN,
            statement,
            Math.max(1, statement.counter() - random.nextInt(4)),
            now));
  }

  private void admit() {
    PersonPseudonym person = person();
    vouchers.put(person, new VoucherId("V" + feed.size()));
    add(new ClassEvent.VoucherAdmitted(person, new VoucherId("V" + feed.size()), now));
  }

  private void withdraw(Map.Entry<PersonPseudonym, VoucherId> admitted) {
    add(new ClassEvent.VoucherWithdrawn(admitted.getKey(), admitted.getValue(), now));
    vouchers.remove(admitted.getKey());
  }

  private void correct(String correction) {
    if (named.add(correction)) {
      add(
          new ClassEvent.CorrectionProposed(
              new Correction(
                  correction,
                  person(),
                  lessonId(),
                  Correction.Kind.BACK_FILL,
                  "reader broke",
                  "T1",
                  now,
                  Optional.empty()),
              now));
    }
  }

  /** Of a lesson's teacher: its flag may hold, or not yet, or never. */
  private void decide() {
    byte[] name = ("teacher_absent\n" + id + "\n" + lessonId().value()).getBytes(UTF_8);
    String flag = "F" + HexFormat.of().withUpperCase().formatHex(ClassStory.digest(name), 0, 12);
    add(new ClassEvent.FlagDecided(flag, random.nextBoolean(), CHANGE, now));
  }

  private DeviceStatement statement() {
    String device = device();
    long counter = counters.merge(device, random.nextInt(5) == 0 ? 3L : 1L, Long::sum);
    Instant tappedAt = now.minusSeconds(random.nextInt(9) == 0 ? random.nextInt(200_000) : 20);
    return new DeviceStatement(
            device, counter, 1, tappedAt, 0, "", "", "crd", "", "", Optional.empty())
        .signedWith(new DeviceStatement.Signed(DeviceSuite.ED25519, "hash"));
  }

  private static DeviceStatement oneOf(List<DeviceStatement> some, DeviceStatement other) {
    return some.isEmpty() ? other : some.getFirst();
  }

  private String device() {
    return "D" + random.nextInt(2) + "-1";
  }

  private long counter() {
    return random.nextInt(9);
  }

  private PersonPseudonym person() {
    int person = random.nextInt(PEOPLE);
    return ClassStory.person(person == 0 ? TEACHER : person);
  }

  private LessonId lessonId() {
    return new LessonId("L" + random.nextInt(LESSONS));
  }

  private void add(ClassEvent event) {
    feed.add(ClassStory.envelope("class|" + id, feed.size() + 1L, event));
  }
}
