package org.skillvoucher.gateway.roster;

import java.util.List;

/**
 * The lines of a CSV file, or of one worksheet. Holds personal data: never logged.
 *
 * @param name of the worksheet; empty for CSV
 * @param hidden whether the program shows no such worksheet; its lines are not read
 * @param lines those that are not blank
 */
public record RosterTable(String name, boolean hidden, List<RosterRecord> lines) {
  static RosterTable ofCsv(List<RosterRecord> lines) {
    return new RosterTable("", false, lines);
  }

  @Override
  public String toString() {
    return "RosterTable";
  }
}
