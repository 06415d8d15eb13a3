package org.skillvoucher.gateway.roster;

import java.util.regex.Pattern;
import org.skillvoucher.domain.identity.Parsed;
import org.skillvoucher.domain.identity.PersonNumber;

/**
 * Recognises a file whose id numbers a spreadsheet program has kept as numbers: it keeps 15 digits
 * and writes 000 for the last three, and one of eleven numbers so spoiled has a right check digit
 * and is another person's. Of real numbers one in about 1,100 ends in 000.
 *
 * <p>More than {@code lost-digits-percent-max} of the numbers ending in 000 is what refuses a file.
 * A single one is taken nevertheless when it is valid and another number of the file ends in other
 * digits, which shows that the program kept them.
 */
final class LostDigits {
  private static final Pattern EIGHTEEN = Pattern.compile("[0-9]{17}[0-9X]");
  private static final String ZEROS = "000";

  private int numbers;
  private int lost;
  private int lostAndValid;
  private int intact;

  void count(String numberCell, RosterRow row) {
    String number = PersonNumber.charactersOf(numberCell);
    if (!EIGHTEEN.matcher(number).matches()) {
      return;
    }
    numbers++;
    if (number.endsWith(ZEROS)) {
      lost++;
      lostAndValid += row.person() instanceof Parsed.Valid ? 1 : 0;
    } else {
      intact += number.endsWith("X") ? 0 : 1;
    }
  }

  /**
   * Refuses the whole file.
   *
   * @throws org.skillvoucher.gateway.http.ProblemException as {@code roster_digits_lost}
   */
  void refuseAbove(int percentMax) {
    boolean oneRealNumber = lost == 1 && lostAndValid == 1 && intact > 0;
    if (100L * lost > (long) percentMax * numbers && !oneRealNumber) {
      throw RosterProblems.digitsLost(lost, numbers);
    }
  }
}
