package org.skillvoucher.gateway.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.LessonKind;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.OccupationCode;
import org.skillvoucher.domain.identity.Parsed;
import org.skillvoucher.domain.identity.PersonName;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.voucher.VoucherPlaces;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.http.Fields;
import org.skillvoucher.gateway.http.Text;
import org.skillvoucher.gateway.person.People;
import org.skillvoucher.gateway.person.PersonInput;

/**
 * Reads the bodies of requests; {@link ScanRequest} reads that of a scan. Each reader refuses with
 * {@code invalid_field} and all faults.
 */
public final class Requests {
  private static final int PEOPLE_MAX = 500;
  private static final int TITLE_CHARACTERS_MAX = 200;
  private static final int REASON_CHARACTERS_MAX = 200;
  private static final int PLAN_CHARACTERS_MAX = 4000;
  private static final int VENUE_CHARACTERS_MAX = 400;
  private static final int LIST_MAX = 100;
  private static final int LESSONS_MAX = 1000;
  private static final int TRAINEES_MAX = 10_000;
  private static final String[] PERSON = {"idType", "number", "name"};
  private static final Set<String> PLAN_PARTS =
      Set.of("teachingPlan", "trainingMode", "assessmentMethod", "employmentMeasures");
  private static final Map<String, LessonKind> LESSON_KINDS =
      Map.of("theory", LessonKind.THEORY, "practice", LessonKind.PRACTICE);

  private Requests() {}

  record VoucherIssue(
      RegionCode region,
      OccupationCode occupation,
      int level,
      Instant expiresAt,
      Optional<VoucherPlaces> places,
      List<PersonInput.Written> people) {}

  static VoucherIssue voucherIssue(ObjectNode body) {
    Fields in =
        Fields.of(
            body,
            "region",
            "occupation",
            "level",
            "expiresAt",
            "usableRegions",
            "usableInstitutions",
            "people");
    var region = in.value("region", RegionCode::parse);
    var occupation = in.value("occupation", OccupationCode::parse);
    OptionalLong level = in.integer("level", 1, 5);
    var expiresAt = in.time("expiresAt");
    Optional<VoucherPlaces> places = places(in, region);
    List<Optional<PersonInput.Written>> people =
        in.objects("people", 1, PEOPLE_MAX, PERSON).stream().map(Requests::written).toList();
    in.refuseIfFaulty();
    return new VoucherIssue(
        region.orElseThrow(),
        occupation.orElseThrow(),
        (int) level.orElseThrow(),
        expiresAt.orElseThrow(),
        places,
        people.stream().map(Optional::orElseThrow).toList());
  }

  /** Where vouchers may be used: in regions within their own, at institutions. */
  private static Optional<VoucherPlaces> places(Fields in, Optional<RegionCode> region) {
    var places =
        new VoucherPlaces(
            in.values("usableRegions", LIST_MAX, RegionCode::parse),
            in.values("usableInstitutions", LIST_MAX, CreditCode::parseIssued));
    if (places.regions().stream()
        .anyMatch(usable -> region.filter(own -> !own.covers(usable)).isPresent())) {
      in.fault("usableRegions", new Text("must lie within the voucher's region", "应在培训券所属地区范围内"));
    }
    return places.regions().isEmpty() && places.institutions().isEmpty()
        ? Optional.empty()
        : Optional.of(places);
  }

  private static Optional<PersonInput.Written> written(Fields person) {
    var type = person.oneOf("idType", PersonInput.ID_TYPES);
    var number = person.text("number", PersonInput.NUMBER_CHARACTERS_MAX);
    var name = person.text("name", PersonInput.NAME_CHARACTERS_MAX);
    return type.isPresent() && number.isPresent() && name.isPresent()
        ? Optional.of(new PersonInput.Written(type.get(), number.get(), name.get()))
        : Optional.empty();
  }

  static PersonInput.IdNumber claim(ObjectNode body, LocalDate today) {
    Fields in = Fields.of(body, "person");
    Optional<PersonInput.IdNumber> number =
        in.object("person", "idType", "number").flatMap(person -> numberOf(person, today));
    in.refuseIfFaulty();
    return number.orElseThrow();
  }

  private static Optional<PersonInput.IdNumber> numberOf(Fields person, LocalDate today) {
    var type = person.oneOf("idType", PersonInput.ID_TYPES);
    var text = person.text("number", PersonInput.NUMBER_CHARACTERS_MAX);
    return type.isPresent() && text.isPresent()
        ? person.parsed("number", PersonInput.number(type.get(), text.get(), today))
        : Optional.empty();
  }

  static ClassId binding(ObjectNode body) {
    Fields in = Fields.of(body, "classId");
    var classId = in.value("classId", ClassId::parse);
    in.refuseIfFaulty();
    return classId.orElseThrow();
  }

  static String reason(ObjectNode body) {
    Fields in = Fields.of(body, "reason");
    var reason = in.text("reason", REASON_CHARACTERS_MAX);
    in.refuseIfFaulty();
    return reason.orElseThrow();
  }

  /** The name a roster's entry is to have, and why. Personal data: never logged. */
  record MendedName(String name, String reason) {
    @Override
    public String toString() {
      return "MendedName";
    }
  }

  static MendedName mendedName(ObjectNode body) {
    Fields in = Fields.of(body, "name", "reason");
    var name =
        in.text("name", PersonInput.NAME_CHARACTERS_MAX)
            .flatMap(text -> in.parsed("name", PersonName.parse(text)));
    var reason = in.text("reason", REASON_CHARACTERS_MAX);
    in.refuseIfFaulty();
    return new MendedName(name.orElseThrow().value(), reason.orElseThrow());
  }

  /** A filing; blank parts of the plan pass here and are refused by the class. */
  record ClassFiling(
      CreditCode institution,
      RegionCode region,
      OccupationCode occupation,
      int level,
      String title,
      TrainingPlan plan,
      String venue,
      List<People.Identity> teachers,
      List<String> textbooks,
      int traineesPlanned,
      Optional<String> site) {}

  record TrainingPlan(
      String teachingPlan,
      String trainingMode,
      String assessmentMethod,
      String employmentMeasures) {}

  static ClassFiling classFiling(ObjectNode body, LocalDate today) {
    Fields in =
        Fields.of(
            body,
            "institution",
            "region",
            "occupation",
            "level",
            "title",
            "plan",
            "venue",
            "teachers",
            "textbooks",
            "traineesPlanned",
            "site");
    var institution = in.value("institution", CreditCode::parseIssued);
    var region = in.value("region", RegionCode::parse);
    var occupation = in.value("occupation", OccupationCode::parse);
    OptionalLong level = in.integer("level", 1, 5);
    var title = in.text("title", TITLE_CHARACTERS_MAX);
    TrainingPlan plan = plan(in);
    String venue = in.textOrEmpty("venue", VENUE_CHARACTERS_MAX);
    List<Optional<People.Identity>> teachers = teachers(in, today);
    List<String> textbooks = in.texts("textbooks", LIST_MAX, TITLE_CHARACTERS_MAX);
    OptionalLong trainees = in.integer("traineesPlanned", 1, TRAINEES_MAX);
    Optional<String> site =
        body.has("site") ? in.value("site", ScanRequest::deviceName) : Optional.empty();
    in.refuseIfFaulty();
    return new ClassFiling(
        institution.orElseThrow(),
        region.orElseThrow(),
        occupation.orElseThrow(),
        (int) level.orElseThrow(),
        title.orElseThrow(),
        plan,
        venue,
        teachers.stream().map(Optional::orElseThrow).toList(),
        textbooks,
        (int) trainees.orElseThrow(),
        site);
  }

  private static TrainingPlan plan(Fields in) {
    return in.objectIfPresent("plan", PLAN_PARTS.toArray(String[]::new))
        .map(
            plan ->
                new TrainingPlan(
                    plan.textOrEmpty("teachingPlan", PLAN_CHARACTERS_MAX),
                    plan.textOrEmpty("trainingMode", PLAN_CHARACTERS_MAX),
                    plan.textOrEmpty("assessmentMethod", PLAN_CHARACTERS_MAX),
                    plan.textOrEmpty("employmentMeasures", PLAN_CHARACTERS_MAX)))
        .orElse(new TrainingPlan("", "", "", ""));
  }

  private static List<Optional<People.Identity>> teachers(Fields in, LocalDate today) {
    List<Optional<People.Identity>> teachers = new ArrayList<>();
    for (Fields teacher : in.objects("teachers", 0, LIST_MAX, PERSON)) {
      teachers.add(
          written(teacher).flatMap(person -> identity(teacher, PersonInput.check(person, today))));
    }
    return teachers;
  }

  private static Optional<People.Identity> identity(Fields in, Parsed<People.Identity> checked) {
    return switch (checked) {
      case Parsed.Valid<People.Identity>(var identity) -> Optional.of(identity);
      case Parsed.Invalid<People.Identity> fault ->
          in.parsed(fault.code().startsWith("name_") ? "name" : "number", fault);
    };
  }

  /** The JSON pointer of a part of a filing, by the part's name in the domain. */
  public static String pointerOfPart(String part) {
    return PLAN_PARTS.contains(part) ? "/plan/" + part : "/" + part;
  }

  /** Whether a filing is approved; if not, why it is returned. */
  record FilingDecision(boolean approved, String reason) {}

  static FilingDecision filingDecision(ObjectNode body) {
    Fields in = Fields.of(body, "decision", "reason");
    var approved = in.oneOf("decision", Map.of("approved", true, "returned", false));
    String reason = in.textOrEmpty("reason", REASON_CHARACTERS_MAX);
    if (approved.isPresent() && !approved.get() && reason.isBlank()) {
      in.fault("reason", new Text("is needed when a filing is returned", "退回备案时须说明理由"));
    }
    in.refuseIfFaulty();
    return new FilingDecision(approved.orElseThrow(), reason);
  }

  /**
   * A whole timetable.
   *
   * @param reason why an earlier one is changed
   */
  record NewTimetable(List<Lesson> lessons, Optional<String> reason) {}

  static NewTimetable timetable(ObjectNode body) {
    Fields in = Fields.of(body, "lessons", "reason");
    Optional<String> reason =
        body.has("reason") ? in.text("reason", REASON_CHARACTERS_MAX) : Optional.empty();
    if (!body.has("lessons")) {
      in.fault("lessons", new Text("is missing", "缺失"));
    }
    List<Optional<Lesson>> lessons =
        in
            .objects("lessons", 0, LESSONS_MAX, "lessonId", "title", "kind", "startsAt", "endsAt")
            .stream()
            .map(Requests::lesson)
            .toList();
    in.refuseIfFaulty();
    return new NewTimetable(lessons.stream().map(Optional::orElseThrow).toList(), reason);
  }

  /** Why a closing drops what still waits; empty when it is not to drop anything. */
  static Optional<String> dropReason(Call call) {
    if (call.body().isEmpty()) {
      return Optional.empty();
    }
    ObjectNode body = call.json();
    Fields in = Fields.of(body, "drop", "reason");
    boolean drop = body.path("drop").asBoolean(false);
    if (body.has("drop") && !body.path("drop").isBoolean()) {
      in.fault("drop", new Text("must be true or false", "应为 true 或 false"));
    }
    Optional<String> reason =
        drop || body.has("reason") ? in.text("reason", REASON_CHARACTERS_MAX) : Optional.empty();
    in.refuseIfFaulty();
    return drop ? reason : Optional.empty();
  }

  private static Optional<Lesson> lesson(Fields in) {
    var id = in.value("lessonId", LessonId::parse);
    var title = in.text("title", TITLE_CHARACTERS_MAX);
    var kind = in.oneOf("kind", LESSON_KINDS);
    var startsAt = in.time("startsAt");
    var endsAt = in.time("endsAt");
    if (startsAt.isEmpty() || endsAt.isEmpty()) {
      return Optional.empty();
    }
    if (!endsAt.get().isAfter(startsAt.get())) {
      in.fault("endsAt", new Text("must be after startsAt", "应晚于 startsAt"));
      return Optional.empty();
    }
    return id.isPresent() && title.isPresent() && kind.isPresent()
        ? Optional.of(new Lesson(id.get(), title.get(), kind.get(), startsAt.get(), endsAt.get()))
        : Optional.empty();
  }
}
