package org.skillvoucher.gateway.api;

import java.time.LocalDate;
import java.util.Optional;
import java.util.function.BiFunction;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.policy.DirectoryRules;
import org.skillvoucher.domain.policy.RulePack;
import org.skillvoucher.domain.policy.VoucherRules;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.ProblemException;
import org.skillvoucher.gateway.http.Text;

/** Finds the rule pack in force; a region without one is a fault of the request. */
final class RulePackSelection {
  private final BiFunction<RegionCode, LocalDate, Optional<RulePack>> inForce;

  RulePackSelection(BiFunction<RegionCode, LocalDate, Optional<RulePack>> inForce) {
    this.inForce = inForce;
  }

  ClassRules forClasses(RegionCode region, LocalDate today) {
    return pack(region, today).classRules();
  }

  VoucherRules forVouchers(RegionCode region, LocalDate today) {
    return pack(region, today).voucherRules();
  }

  /** A region without a pack has the usual calendar. */
  DirectoryRules forDirectory(RegionCode region, LocalDate today) {
    return inForce
        .apply(region, today)
        .map(RulePack::directoryRules)
        .orElse(DirectoryRules.DEFAULT);
  }

  private RulePack pack(RegionCode region, LocalDate today) {
    return inForce
        .apply(region, today)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.invalid(
                        Problem.Fault.at(
                            "/region",
                            new Text(
                                "no rule pack is in force for this region today",
                                "该地区今日没有生效的规则包")))));
  }
}
