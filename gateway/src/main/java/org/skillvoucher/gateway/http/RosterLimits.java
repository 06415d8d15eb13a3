package org.skillvoucher.gateway.http;

import java.time.Duration;

/**
 * The limits of roster files (学员名册).
 *
 * @param bodyBytesMax the longest CSV file, and of a spreadsheet the packed parts that hold cells
 * @param fileBytesMax the longest spreadsheet file, with its pictures
 * @param bytesInFlightMax bytes of all roster files held in memory at the same time
 * @param rowsMax the most people in a file
 * @param linesMax the most lines of a CSV file or a worksheet, counting empty ones
 * @param columnsMax the most columns; empty cells beyond them are ignored
 * @param threads read files at the same time
 * @param queueMax files that may wait for a thread
 * @param readTimeout how long a file may wait and be read
 * @param lostDigitsPercentMax of the id numbers of a file may end in 000
 */
public record RosterLimits(
    int bodyBytesMax,
    int fileBytesMax,
    int bytesInFlightMax,
    int rowsMax,
    int linesMax,
    int columnsMax,
    int threads,
    int queueMax,
    Duration readTimeout,
    int lostDigitsPercentMax) {
  public RosterLimits {
    if (bodyBytesMax < 1 || rowsMax < 1 || linesMax <= rowsMax) {
      throw new IllegalArgumentException(
          "roster files must be allowed some length, and more lines than rows");
    }
    if (fileBytesMax < bodyBytesMax || bytesInFlightMax < fileBytesMax) {
      throw new IllegalArgumentException(
          "roster-bytes-in-flight-max is at least roster-file-bytes-max, and that at least"
              + " roster-body-bytes-max");
    }
    if (columnsMax < 2 || columnsMax > 16_384 || threads < 1 || queueMax < 1) {
      throw new IllegalArgumentException(
          "roster-columns-max is 2 to 16384, roster-threads and roster-queue-max at least 1");
    }
    if (!readTimeout.isPositive() || lostDigitsPercentMax < 0 || lostDigitsPercentMax > 100) {
      throw new IllegalArgumentException(
          "roster-read-timeout is positive, roster-lost-digits-percent-max is 0 to 100");
    }
  }
}
