package org.skillvoucher.domain.trainingclass;

import static org.skillvoucher.domain.Samples.CLASS;
import static org.skillvoucher.domain.Samples.PACK;
import static org.skillvoucher.domain.Samples.SCHOOL;
import static org.skillvoucher.domain.trainingclass.Classes.VERIFIED;

import java.time.Instant;
import java.util.Optional;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.policy.FieldRules;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.Circumstances.Offline;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.ScanCommand;

/** A device at a site, whose statements hang together as signed ones do. */
public final class Field {
  static final FieldRules RULES = new FieldRules(72, 120, 500, 10, false, 7, false);

  private final String name;
  private final String site;
  private long counter;
  private String previous = DeviceStatement.NO_PREVIOUS;

  public Field(String name, String site) {
    this.name = name;
    this.site = site;
  }

  /** The class prepared for work in the field: without vouchers, by these numbers. */
  static ClassState.Open open(FieldRules rules) {
    return Classes.open(
        new ClassRules(
            PACK,
            3,
            4,
            new AttendanceRules(30, 10, 45, 15, 60, 45, 80, false),
            Optional.of(rules),
            Optional.empty()));
  }

  /** A signed statement; instead of a hash it has the text that would be hashed. */
  static DeviceStatement statement(String device, long counter, String previous, Instant at) {
    var unsigned =
        new DeviceStatement(
            device, counter, 1, at, 0, "", "", "crd", previous, "signature", Optional.empty());
    return unsigned.signedWith(
        new DeviceStatement.Signed(
            DeviceSuite.ED25519, "%s/%d/%d".formatted(device, counter, at.toEpochMilli())));
  }

  static String hashOf(DeviceStatement statement) {
    return statement.signed().orElseThrow().hash();
  }

  /** The next tap, received at once. */
  public ScanCommand.RecordAttendance online(
      PersonPseudonym person, Lesson lesson, Act act, Instant at) {
    return record(person, lesson, act, next(at), Optional.empty(), at);
  }

  /** The next tap, which arrives later; a beacon at the tap's own time proves it. */
  public ScanCommand.RecordAttendance offline(
      PersonPseudonym person, Lesson lesson, Act act, Instant at, Instant arrivedAt) {
    return record(
        person,
        lesson,
        act,
        next(at),
        Optional.of(new Offline(Optional.of(at), arrivedAt)),
        arrivedAt);
  }

  /** The next tap, of a person without phone or card whom a witness signs in. */
  ScanCommand.RecordAttendance witnessed(
      PersonPseudonym person, Lesson lesson, PersonPseudonym witness, Instant at) {
    return with(online(person, lesson, Act.IN, at), Optional.of(witness));
  }

  static ScanCommand.RecordAttendance with(
      ScanCommand.RecordAttendance tap, Optional<PersonPseudonym> witness) {
    Circumstances how = tap.circumstances();
    return tap(
        tap.scan(),
        new Circumstances(how.site(), how.room(), how.offline(), Optional.empty(), witness),
        tap.at());
  }

  /** The command that quarantines this tap, for a reason found before the class was asked. */
  public ScanCommand.Quarantine quarantine(ScanCommand.RecordAttendance tap, String reason) {
    return new ScanCommand.Quarantine(
        CLASS,
        SCHOOL,
        tap.received(),
        tap.circumstances(),
        Optional.of(tap.scan().person()),
        reason,
        tap.at());
  }

  private DeviceStatement next(Instant at) {
    DeviceStatement made = statement(name, ++counter, previous, at);
    previous = hashOf(made);
    return made;
  }

  private ScanCommand.RecordAttendance record(
      PersonPseudonym person,
      Lesson lesson,
      Act act,
      DeviceStatement statement,
      Optional<Offline> offline,
      Instant now) {
    return tap(
        new Scan(
            person,
            lesson.id(),
            act,
            new Scan.Fingerprint(("key " + hashOf(statement)).hashCode()),
            new Scan.Fingerprint(hashOf(statement).hashCode()),
            statement),
        new Circumstances(site, "R1", offline, Optional.empty(), Optional.empty()),
        now);
  }

  public static ScanCommand.RecordAttendance tap(
      Scan scan, Circumstances circumstances, Instant now) {
    return new ScanCommand.RecordAttendance(
        CLASS,
        SCHOOL,
        scan,
        circumstances,
        VERIFIED,
        Optional.empty(),
        "receipt-of-" + scan.statement().device() + "-" + scan.statement().counter(),
        "subject",
        now);
  }
}
