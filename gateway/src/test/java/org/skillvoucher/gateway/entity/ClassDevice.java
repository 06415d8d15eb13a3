package org.skillvoucher.gateway.entity;

import java.time.Instant;
import java.util.Optional;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.scan.Verification;

/** A device of {@link ClassStory}'s class, which counts and chains its statements. */
final class ClassDevice {
  private final String name;
  private long next = 1;
  private String previous = DeviceStatement.NO_PREVIOUS;

  ClassDevice(String name) {
    this.name = name;
  }

  /** The next statement; it stays the next one until {@link #movedOn}. */
  DeviceStatement statement(Instant at, String content) {
    return new DeviceStatement(
        name,
        next,
        1,
        at,
        0,
        "",
        "",
        content,
        previous,
        "s".repeat(86),
        Optional.of(new DeviceStatement.Signed(DeviceSuite.ED25519, hash(content))));
  }

  private String hash(String content) {
    return "%043d".formatted(Integer.toUnsignedLong((name + next + previous + content).hashCode()));
  }

  void movedOn(DeviceStatement statement) {
    next = statement.counter() + 1;
    previous = statement.signed().orElseThrow().hash();
  }

  /** An online scan whose counter counts as used up. */
  ScanCommand.RecordAttendance scan(int person, int day, Act act) {
    Instant now = timeOf(person, day, act);
    DeviceStatement statement = statement(now, "card of " + person);
    movedOn(statement);
    return ClassStory.record(
        person, day, act, name + statement.counter() + "." + person, statement, now);
  }

  /** The same, out of a batch that arrived an hour later with a beacon of that morning. */
  ScanCommand.RecordAttendance offline(int person, int day, Act act) {
    ScanCommand.RecordAttendance online = scan(person, day, act);
    return new ScanCommand.RecordAttendance(
        online.classId(),
        online.institution(),
        online.scan(),
        offline(online),
        new Verification("physical_card", "card_platform", "ref", false),
        Optional.empty(),
        online.receiptId(),
        online.subject(),
        online.at().plusSeconds(3600));
  }

  /** The same statement, which the platform has not verified. */
  static ScanCommand.Quarantine quarantine(ScanCommand.RecordAttendance command, String reason) {
    return new ScanCommand.Quarantine(
        command.classId(),
        command.institution(),
        command.received(),
        command.circumstances(),
        Optional.of(command.scan().person()),
        reason,
        command.at());
  }

  private static Circumstances offline(ScanCommand.RecordAttendance online) {
    Instant tappedAt = online.scan().statement().tappedAt();
    return new Circumstances(
        "S1",
        "R1",
        Optional.of(new Circumstances.Offline(Optional.of(tappedAt), tappedAt.plusSeconds(3600))),
        Optional.empty(),
        Optional.empty());
  }

  private static Instant timeOf(int person, int day, Act act) {
    return ClassStory.timeOf(day, act).plusSeconds(person);
  }
}
