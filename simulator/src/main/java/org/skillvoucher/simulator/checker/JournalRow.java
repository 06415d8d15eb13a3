package org.skillvoucher.simulator.checker;

import java.util.Optional;

/**
 * One event of the exported journal.
 *
 * @param entity for example {@code class|C0123}
 * @param sequence its number within that entity
 * @param event its name and version
 * @param attendance of an attendance that can be read
 */
public record JournalRow(
    String entity, long sequence, String event, Optional<Attendance> attendance) {
  private static final String ATTENDED = "class.attended/";

  /**
   * The event's members.
   *
   * @param receipt the record, base64url
   * @param person a pseudonym
   * @param statement empty where no device signed
   */
  public record Attendance(
      String receipt, String person, String lesson, String act, Optional<StatementId> statement) {}

  /** Identifies a device's statement. */
  public record StatementId(String device, long epoch, long counter) {}

  boolean isAttendance() {
    return event.startsWith(ATTENDED);
  }
}
