package org.skillvoucher.simulator.checker;

import java.util.Optional;

/**
 * One event of the exported journal.
 *
 * @param entity such as {@code class|C0123}
 * @param sequence its number within that entity
 * @param event its name and version
 * @param attendance of attendances that can be read
 */
public record JournalRow(
    String entity, long sequence, String event, Optional<Attendance> attendance) {
  private static final String ATTENDED = "class.attended/";

  /**
   * What the event says beside its receipt.
   *
   * @param receipt the record, base64url
   * @param person a pseudonym
   * @param statement absent where no device signed
   */
  public record Attendance(
      String receipt, String person, String lesson, String act, Optional<Statement> statement) {}

  /** Which of a device's statements it was. */
  public record Statement(String device, long epoch, long counter) {}

  boolean isAttendance() {
    return event.startsWith(ATTENDED);
  }
}
