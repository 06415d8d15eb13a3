package org.skillvoucher.gateway.journal;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.LessonKind;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.trainingclass.ClassState;
import org.skillvoucher.domain.trainingclass.ClassState.Chain;
import org.skillvoucher.domain.trainingclass.ClassState.Plan;
import org.skillvoucher.domain.trainingclass.DeviceLine;
import org.skillvoucher.domain.trainingclass.Filing;
import org.skillvoucher.domain.trainingclass.Roster;
import org.skillvoucher.domain.trainingclass.Supervision;
import org.skillvoucher.domain.trainingclass.Timetable;

/**
 * A class as its snapshot holds it: what there is much of in bytes of its own, because Jackson
 * takes longer over it than everything else that wakes a class; what is small, as CBOR.
 */
final class KeptClass {
  private static final int SMALL = 0;
  private static final int OPEN = 1;
  private static final int CLOSED = 2;

  private final SnapshotReader from;

  private KeptClass(SnapshotReader from) {
    this.from = from;
  }

  static void write(long revision, ClassState state, SnapshotWriter to) throws IOException {
    to.number(revision);
    switch (state) {
      case ClassState.Open(var plan, var ledger, var chain, var devices, var supervision) -> {
        to.number(OPEN);
        write(plan, to);
        KeptLedger.write(ledger, to);
        write(chain, to);
        write(devices, to);
        cbor(supervision, to);
      }
      case ClassState.Closed(var plan, var ledger, var chain, var supervision) -> {
        to.number(CLOSED);
        write(plan, to);
        KeptLedger.write(ledger, to);
        write(chain, to);
        cbor(supervision, to);
      }
      case ClassState.Unfiled small -> small(small, to);
      case ClassState.Filed small -> small(small, to);
      case ClassState.Returned small -> small(small, to);
      case ClassState.Approved small -> small(small, to);
    }
  }

  static Kept<ClassState> read(SnapshotReader from) throws IOException {
    long revision = from.number();
    var kept = new Kept<>(revision, new KeptClass(from).state());
    from.end();
    return kept;
  }

  private ClassState state() throws IOException {
    return switch (from.integer()) {
      case SMALL -> cbor(ClassState.class);
      case OPEN ->
          new ClassState.Open(
              plan(), KeptLedger.read(from), chain(), devices(), cbor(Supervision.class));
      case CLOSED ->
          new ClassState.Closed(plan(), KeptLedger.read(from), chain(), cbor(Supervision.class));
      default -> throw new IllegalArgumentException("a class in a state that is none");
    };
  }

  private static void small(ClassState state, SnapshotWriter to) throws IOException {
    to.number(SMALL);
    to.bytes(JournalJson.snapshots().writerFor(ClassState.class).writeValueAsBytes(state));
  }

  private static void cbor(Object small, SnapshotWriter to) throws IOException {
    to.bytes(JournalJson.snapshots().writeValueAsBytes(small));
  }

  private <T> T cbor(Class<T> type) throws IOException {
    return JournalJson.snapshots().readValue(from.bytes(), type);
  }

  private static void write(Plan plan, SnapshotWriter to) throws IOException {
    cbor(plan.filing(), to);
    cbor(plan.rules(), to);
    to.instant(plan.approvedAt());
    List<Roster.Line> lines = plan.roster().lines();
    to.number(lines.size());
    for (Roster.Line line : lines) {
      to.person(line.person(), line.enrolled());
      to.truth(line.voucher().isPresent());
      line.voucher().ifPresent(voucher -> to.text(voucher.value()));
    }
    List<Lesson> lessons = plan.timetable().lessons();
    to.number(lessons.size());
    for (Lesson lesson : lessons) {
      to.name(lesson.id().value());
      to.name(lesson.title());
      to.name(lesson.kind().name());
      to.instant(lesson.startsAt());
      to.instant(lesson.endsAt());
    }
  }

  private Plan plan() throws IOException {
    Filing filing = cbor(Filing.class);
    ClassRules rules = cbor(ClassRules.class);
    Instant approvedAt = from.instant();
    int lineCount = from.count();
    List<Roster.Line> lines = new ArrayList<>(lineCount);
    for (int i = 0; i < lineCount; i++) {
      PersonPseudonym person = from.person();
      boolean enrolled = from.said();
      Optional<VoucherId> voucher =
          from.truth() ? Optional.of(new VoucherId(from.text())) : Optional.empty();
      lines.add(new Roster.Line(person, enrolled, voucher));
    }
    int lessonCount = from.count();
    List<Lesson> lessons = new ArrayList<>(lessonCount);
    for (int i = 0; i < lessonCount; i++) {
      lessons.add(
          new Lesson(
              new LessonId(from.name()),
              from.name(),
              LessonKind.valueOf(from.name()),
              from.instant(),
              from.instant()));
    }
    return new Plan(filing, rules, approvedAt, Roster.of(lines), Timetable.of(lessons));
  }

  private static void write(Chain chain, SnapshotWriter to) {
    to.number(chain.sequence());
    to.text(chain.lastPayloadHash());
    to.number(chain.lastIssuedAtMillis());
  }

  private Chain chain() {
    return new Chain(from.number(), from.text(), from.number());
  }

  private static void write(Map<String, DeviceLine> devices, SnapshotWriter to) {
    to.number(devices.size());
    devices.forEach(
        (device, line) -> {
          to.name(device);
          to.number(line.expected());
          to.text(line.lastHash());
          to.number(line.epoch());
          to.number(line.gapTo());
          to.number(line.lastTapMillis());
          to.number(line.notedMillis());
          to.truth(line.forked());
          to.name(line.site());
        });
  }

  private Map<String, DeviceLine> devices() {
    int count = from.count();
    Map<String, DeviceLine> devices = HashMap.newHashMap(count);
    for (int i = 0; i < count; i++) {
      devices.put(
          from.name(),
          new DeviceLine(
              from.number(),
              from.text(),
              from.number(),
              from.number(),
              from.number(),
              from.number(),
              from.truth(),
              from.name()));
    }
    return devices;
  }
}
