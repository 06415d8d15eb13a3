package org.skillvoucher.domain.institution;

import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.RegionCode;

/**
 * The data of an institution's admission (R20, R22).
 *
 * @param qualification what allows it to train, such as the licence it holds (办学许可)
 * @param edition the year of the directory (目录年度, R23)
 */
public record Admission(
    CreditCode creditCode, RegionCode region, String name, String qualification, int edition) {}
