package org.skillvoucher.domain.trainingclass;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.OccupationCode;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.RegionCode;

/**
 * What an institution files before a class may open (开班备案, R01).
 *
 * @param level skill level 1 to 5
 * @param teachingPlan 教学计划
 * @param trainingMode 培训方式
 * @param assessmentMethod 考核评价办法
 * @param employmentMeasures 就业措施
 * @param venue 培训场地 (R16)
 * @param teachers 师资 (R16), by pseudonym: their names live in the vault
 * @param textbooks 教材 (R16)
 * @param traineesPlanned how many people are to be trained
 * @param site id of the institution's site (培训点) where it is held; absent where none was filed
 */
public record Filing(
    CreditCode institution,
    RegionCode region,
    OccupationCode occupation,
    int level,
    String title,
    String teachingPlan,
    String trainingMode,
    String assessmentMethod,
    String employmentMeasures,
    String venue,
    List<PersonPseudonym> teachers,
    List<String> textbooks,
    int traineesPlanned,
    Optional<String> site) {
  public Filing {
    teachers = List.copyOf(teachers);
    textbooks = List.copyOf(textbooks);
    if (level < 1 || level > 5) {
      throw new IllegalArgumentException("a skill level is 1 to 5");
    }
  }

  /** Without a site. */
  public Filing(
      CreditCode institution,
      RegionCode region,
      OccupationCode occupation,
      int level,
      String title,
      String teachingPlan,
      String trainingMode,
      String assessmentMethod,
      String employmentMeasures,
      String venue,
      List<PersonPseudonym> teachers,
      List<String> textbooks,
      int traineesPlanned) {
    this(
        institution,
        region,
        occupation,
        level,
        title,
        teachingPlan,
        trainingMode,
        assessmentMethod,
        employmentMeasures,
        venue,
        teachers,
        textbooks,
        traineesPlanned,
        Optional.empty());
  }

  /** The parts which are missing, by their name in the API (R04, R16); empty when complete. */
  public List<String> missingParts() {
    List<String> missing = new ArrayList<>();
    if (teachingPlan.isBlank()) {
      missing.add("teachingPlan");
    }
    if (trainingMode.isBlank()) {
      missing.add("trainingMode");
    }
    if (assessmentMethod.isBlank()) {
      missing.add("assessmentMethod");
    }
    if (employmentMeasures.isBlank()) {
      missing.add("employmentMeasures");
    }
    if (venue.isBlank()) {
      missing.add("venue");
    }
    if (teachers.isEmpty()) {
      missing.add("teachers");
    }
    if (textbooks.stream().allMatch(String::isBlank)) {
      missing.add("textbooks");
    }
    return missing;
  }
}
