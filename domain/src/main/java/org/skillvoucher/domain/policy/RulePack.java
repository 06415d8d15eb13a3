package org.skillvoucher.domain.policy;

import java.time.LocalDate;
import java.util.Map;
import org.skillvoucher.domain.identity.RegionCode;

/**
 * A region's numbers from one day on, and where each comes from.
 *
 * @param effectiveFrom the first day in force, in Asia/Shanghai
 * @param name {@code region/first day}, by which classes, vouchers and evidence cite the pack
 * @param citations by key of the pack's file: the rule and clause behind each number
 */
public record RulePack(
    RegionCode region,
    LocalDate effectiveFrom,
    String name,
    ClassRules classRules,
    VoucherRules voucherRules,
    DirectoryRules directoryRules,
    Map<String, Citation> citations) {

  /**
   * The source of a number.
   *
   * @param rule id in the rule catalogue, such as {@code R41}
   * @param clause document and clause, such as {@code S0-13}
   */
  public record Citation(String rule, String clause) {}

  /** With the usual calendar of the directory. */
  public RulePack(
      RegionCode region,
      LocalDate effectiveFrom,
      String name,
      ClassRules classRules,
      VoucherRules voucherRules,
      Map<String, Citation> citations) {
    this(region, effectiveFrom, name, classRules, voucherRules, DirectoryRules.DEFAULT, citations);
  }

  public RulePack {
    citations = Map.copyOf(citations);
    if (!name.equals(nameOf(region, effectiveFrom))
        || !name.equals(classRules.pack())
        || !name.equals(voucherRules.pack())) {
      throw new IllegalArgumentException(
          "a rule pack and the rules in it are named region/first day");
    }
  }

  /** The name of a region's pack from that day on. */
  public static String nameOf(RegionCode region, LocalDate effectiveFrom) {
    return region + "/" + effectiveFrom;
  }
}
