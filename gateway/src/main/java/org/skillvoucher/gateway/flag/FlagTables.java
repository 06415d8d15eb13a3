package org.skillvoucher.gateway.flag;

import static java.util.stream.Collectors.toSet;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.device.DeviceAnomaly;
import org.skillvoucher.domain.policy.FlagKind;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;

/**
 * Applies the events of classes to the flags (预警), in the transaction that also stores the feed's
 * offset. The tables depend on the order of the journal's events alone, so that they are the same
 * whenever they are filled and whatever the groups are: what a group needs is read at once, its
 * events are assessed one by one in memory, and the changes are written at once.
 *
 * <p>What was read is cached for the next group. The cache is invalid once a transaction failed or
 * another follower overlapped, so each start of the follower creates a new instance.
 */
public final class FlagTables {
  private final FlagClasses classes = new FlagClasses();
  private final FlagLessons lessons = new FlagLessons();
  private final TapObservations observations;
  private final CounterFlags counterFlags;
  private final DeviceFlags deviceFlags;
  private final FlagTable flags;
  private final LessonFlags lessonFlags;
  private final DoorFlags doorFlags;

  /** Caches a number of taps; others are read from the tables. */
  public FlagTables(UnaryOperator<byte[]> digest, int tapsKeptMax) {
    observations = new TapObservations(tapsKeptMax);
    counterFlags = new CounterFlags(observations);
    deviceFlags = new DeviceFlags(classes, observations);
    flags = new FlagTable(digest);
    lessonFlags = new LessonFlags(digest, lessons, observations);
    doorFlags = new DoorFlags(observations);
  }

  /** An event with its tap, if it has one. */
  private record FlagInput(FlagClass here, ClassEvent event, Optional<TapObservation> tap) {
    static FlagInput of(FlagClasses.Step step) {
      return new FlagInput(step.here(), step.event(), tap(step.here(), step.event()));
    }

    private static Optional<TapObservation> tap(FlagClass here, ClassEvent event) {
      return switch (event) {
        case ClassEvent.Attended attended -> Optional.of(TapObservation.of(here, attended));
        case ClassEvent.Quarantined aside -> Optional.of(TapObservation.of(here, aside));
        case ClassEvent.DeviceNoted noted when noted.matter() == DeviceAnomaly.TAP_RATE ->
            Optional.of(TapObservation.tooFast(here, noted));
        case ClassEvent other -> Optional.empty();
      };
    }
  }

  /**
   * Applies events, each once.
   *
   * @param group in the feed's order
   * @throws IllegalStateException when events of a class are missing
   */
  public void apply(Connection connection, List<FeedEnvelope> group) throws SQLException {
    try {
      List<FlagClasses.Step> steps = classes.advance(connection, group);
      if (classes.overlapped()) {
        forget();
      }
      List<FlagInput> inputs = steps.stream().map(FlagInput::of).toList();
      if (!inputs.isEmpty()) {
        begin(connection, inputs);
        for (FlagInput one : inputs) {
          apply(connection, one);
        }
        write(connection);
      }
    } catch (SQLException | RuntimeException e) {
      forget();
      throw e;
    }
  }

  private void begin(Connection connection, List<FlagInput> inputs) throws SQLException {
    lessons.begin(connection, inputs.stream().map(one -> one.here().id()).collect(toSet()));
    observations.begin(connection, inputs.stream().flatMap(one -> one.tap().stream()).toList());
    counterFlags.begin(connection, inputs.stream().flatMap(FlagTables::chain).collect(toSet()));
  }

  private static Stream<CounterFlags.Chain> chain(FlagInput one) {
    String id = one.here().id();
    return switch (one.event()) {
      case ClassEvent.DeviceNoted noted ->
          Stream.of(new CounterFlags.Chain(id, noted.statement().device()));
      case ClassEvent.GapWaived waived -> Stream.of(new CounterFlags.Chain(id, waived.device()));
      case ClassEvent other ->
          one.tap().flatMap(TapObservation::device).stream()
              .map(device -> new CounterFlags.Chain(id, device));
    };
  }

  private void write(Connection connection) throws SQLException {
    observations.write(connection);
    lessons.write(connection);
    flags.write(connection);
    classes.write(connection);
    observations.trim();
    lessons.trim();
    lessonFlags.trim();
  }

  private void forget() {
    observations.forget();
    lessons.forget();
    lessonFlags.forget();
    flags.forget();
    classes.forget();
  }

  private void apply(Connection connection, FlagInput one) throws SQLException {
    FlagClass here = one.here();
    if (one.tap().isPresent()) {
      assessTap(connection, here, one.tap().get());
    }
    switch (one.event()) {
      case ClassEvent.Scheduled(var timetable, var at, var by) ->
          schedule(connection, here, timetable);
      case ClassEvent.Rescheduled(var timetable, var change, var at, var by) ->
          schedule(connection, here, timetable);
      case ClassEvent.DeviceNoted noted -> note(connection, here, noted);
      case ClassEvent.GapWaived waived ->
          flags.assess(counterFlags.waived(connection, here, waived));
      case ClassEvent.FlagDecided decided -> flags.decide(here.id(), decided);
      case ClassEvent.Attended attended ->
          flags.assess(DoorFlags.after(connection, here, attended));
      case ClassEvent.Quarantined aside -> {}
      case ClassEvent.Filed filed -> {}
      case ClassEvent.Approved approved -> {}
      case ClassEvent.Returned returned -> {}
      case ClassEvent.Enrolled enrolled -> flags.assess(namesDiffering(here, enrolled));
      case ClassEvent.Unenrolled unenrolled -> {}
      case ClassEvent.NameMended mended -> {}
      case ClassEvent.VoucherAdmitted admitted -> {}
      case ClassEvent.VoucherWithdrawn withdrawn -> {}
      case ClassEvent.Opened opened -> {}
      case ClassEvent.SpotCheckCalled called -> {}
      case ClassEvent.CorrectionProposed proposed -> {}
      case ClassEvent.CorrectionDecided decided -> {}
      case ClassEvent.Closed closed -> {}
    }
    over(connection, one.event().at());
  }

  private void assessTap(Connection connection, FlagClass here, TapObservation tap)
      throws SQLException {
    observations.add(tap);
    if (tap.record().counted() && tap.tappedAt().isPresent()) {
      Instant at = tap.tappedAt().get();
      PersonFlags person = person(connection, here, tap.person().orElseThrow(), at);
      flags.assess(person.after(here.id(), tap.lesson(), at));
      if (person.isOver(here.id(), tap.lesson())) {
        flags.assess(lessonFlags.of(connection, here, tap.ofLesson()));
      }
    }
    if (tap.device().isPresent()) {
      String device = tap.device().get();
      flags.assess(deviceFlags.after(connection, here, tap, device));
      flags.assess(doorFlags.offVenue(connection, here, tap));
      flags.assess(counterFlags.gaps(connection, here, device, tap.counter()));
    }
  }

  private PersonFlags person(Connection connection, FlagClass here, String person, Instant around)
      throws SQLException {
    List<PersonTap> taps = new ArrayList<>();
    Set<String> ids = new HashSet<>(Set.of(here.id()));
    String classId = here.id();
    Map<String, FlagLesson> timetable = lessons.timetable(connection, classId);
    for (TapObservation tap : observations.ofPerson(connection, person, around)) {
      if (!tap.classId().equals(classId)) {
        classId = tap.classId();
        timetable = lessons.timetable(connection, classId);
        ids.add(classId);
      }
      taps.add(
          new PersonTap(
              tap, Optional.ofNullable(timetable.get(tap.lesson())).map(FlagLesson::held)));
    }
    return new PersonFlags(person, taps, classes.all(connection, ids));
  }

  /** 姓名不一致: a person on the roster is known by another name; only a decision ends it. */
  private static List<FlagAssessment> namesDiffering(FlagClass here, ClassEvent.Enrolled event) {
    return event.nameDiffers().orElse(List.of()).stream()
        .map(
            person ->
                new FlagAssessment(
                    FlagKind.NAME_DIFFERS,
                    here,
                    FlagAssessment.Subject.person(person.value()),
                    person.value(),
                    Map.of("enrolledAt", event.at().toString()),
                    event.at(),
                    true))
        .toList();
  }

  private void note(Connection connection, FlagClass here, ClassEvent.DeviceNoted event)
      throws SQLException {
    switch (event.matter()) {
      case GAP -> flags.assess(counterFlags.gap(connection, here, event));
      case FORK -> flags.assess(List.of(CounterFlags.fork(here, event)));
      case TAP_RATE -> {} // a tap of its own
    }
  }

  private record Present(String person, String lesson, Instant tappedAt) {}

  /**
   * People who signed in to a lesson that was moved since may be in two classes, or no longer be.
   */
  private void schedule(Connection connection, FlagClass here, List<Lesson> timetable)
      throws SQLException {
    observations.write(connection);
    List<String> moved = lessons.put(connection, here.id(), timetable);
    List<Present> present =
        Sql.query(
            connection,
            """
            SELECT person, lesson, min(tapped_at) AS tapped_at FROM sighting
            WHERE class_id = ? AND lesson = ANY(?) AND counted AND tapped_at IS NOT NULL
            GROUP BY person, lesson ORDER BY person, lesson""",
            row ->
                new Present(
                    row.getString("person"),
                    row.getString("lesson"),
                    Instant.ofEpochMilli(row.getLong("tapped_at"))),
            here.id(),
            moved);
    for (Present one : present) {
      flags.assess(
          person(connection, here, one.person(), one.tappedAt())
              .twoClasses(here.id(), one.lesson()));
    }
  }

  private void over(Connection connection, Instant at) throws SQLException {
    for (FlagLesson.Id lesson : lessons.due(connection, at)) {
      FlagClass of = classes.of(connection, lesson.classId());
      flags.assess(lessonFlags.of(connection, of, lesson));
    }
  }
}
