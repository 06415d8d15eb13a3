package org.skillvoucher.domain.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;

/**
 * A region's calendar of the directory of institutions (目录): an edition is one year's.
 *
 * @param opensMonth month of the year in which an edition opens
 * @param opensDay day of that month, or its last one if it is shorter
 * @param barYears for how many years an exit for fraud bars an institution
 */
public record DirectoryRules(int opensMonth, int opensDay, int barYears) {
  /** Of regions without a pack: an edition opens with its year. */
  public static final DirectoryRules DEFAULT = new DirectoryRules(1, 1, 3);

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  public DirectoryRules {
    RuleKey.EDITION_MONTH.check(opensMonth);
    RuleKey.EDITION_DAY.check(opensDay);
    RuleKey.BAR_YEARS.check(barYears);
  }

  public LocalDate opensOn(int edition) {
    YearMonth month = YearMonth.of(edition, opensMonth);
    return month.atDay(Math.min(opensDay, month.lengthOfMonth()));
  }

  public boolean isOpen(int edition, Instant now) {
    return !LocalDate.ofInstant(now, ZONE).isBefore(opensOn(edition));
  }

  /** The first day on which an institution that left then may come back. */
  public LocalDate barredUntil(Instant exit) {
    return LocalDate.ofInstant(exit, ZONE).plusYears(barYears);
  }

  public boolean isBarred(Instant exit, Instant now) {
    return LocalDate.ofInstant(now, ZONE).isBefore(barredUntil(exit));
  }
}
