package org.skillvoucher.domain.voucher;

import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.OccupationCode;
import org.skillvoucher.domain.identity.RegionCode;

/**
 * What a voucher needs to know of the class (班期) it is to be bound to.
 *
 * @param state the class's state by its name
 * @param inDirectory whether its institution is in the directory now, and not suspended (R24, R26)
 */
public record BindingClass(
    ClassId classId,
    String state,
    OccupationCode occupation,
    int level,
    RegionCode region,
    CreditCode institution,
    boolean inDirectory) {}
