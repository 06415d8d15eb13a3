package org.skillvoucher.gateway.api;

import static org.skillvoucher.gateway.security.Role.AUDITOR;
import static org.skillvoucher.gateway.security.Role.INSTITUTION;
import static org.skillvoucher.gateway.security.Role.ISSUING_AUTHORITY;
import static org.skillvoucher.gateway.security.Role.OPERATOR;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.institution.InstitutionRefusal;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.Filing;
import org.skillvoucher.gateway.entity.Classes;
import org.skillvoucher.gateway.entity.Institutions;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.http.Endpoint;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.ProblemException;
import org.skillvoucher.gateway.http.Reply;
import org.skillvoucher.gateway.http.Times;
import org.skillvoucher.gateway.person.NameSource;
import org.skillvoucher.gateway.person.People;
import org.skillvoucher.gateway.projection.Views;
import org.skillvoucher.gateway.security.Role;

/** Training classes (培训班) from filing to closing. */
final class ClassRoutes {
  private static final Set<Role> READERS =
      Set.of(INSTITUTION, ISSUING_AUTHORITY, AUDITOR, OPERATOR);
  private static final Set<String> STATES =
      Set.of("filed", "returned", "approved", "open", "closed");

  private final Classes classes;
  private final VisibleClasses visible;
  private final ActiveClasses active;
  private final Views views;
  private final People people;
  private final VisibleInstitutions institutions;
  private final RulePackSelection rules;
  private final DerivedIds ids;
  private final InstantSource clock;

  /** What a filing needs besides its body. */
  record FilingContext(RulePackSelection rules, DerivedIds ids, InstantSource clock) {}

  ClassRoutes(
      Classes classes,
      Institutions institutions,
      Views views,
      People people,
      FilingContext context) {
    this.classes = classes;
    this.visible = new VisibleClasses(classes);
    this.active = new ActiveClasses(classes, institutions, context.clock());
    this.institutions = new VisibleInstitutions(institutions);
    this.views = views;
    this.people = people;
    this.rules = context.rules();
    this.ids = context.ids();
    this.clock = context.clock();
  }

  List<Endpoint> endpoints() {
    Set<Role> institution = Set.of(INSTITUTION);
    Set<Role> authority = Set.of(ISSUING_AUTHORITY);
    Set<Role> both = Set.of(INSTITUTION, ISSUING_AUTHORITY);
    String one = "/v1/classes/{classId}";
    return List.of(
        Endpoint.post("/v1/classes", institution, Endpoint.Body.JSON, this::file),
        Endpoint.get("/v1/classes", READERS, this::list, "state", "limit", "cursor"),
        Endpoint.get(one, READERS, this::show),
        Endpoint.post(one + "/approval", authority, Endpoint.Body.JSON, this::decide),
        Endpoint.post(one + "/timetable", both, Endpoint.Body.JSON, this::schedule),
        Endpoint.post(one + "/opening", institution, Endpoint.Body.NOTHING, this::open),
        Endpoint.post(one + "/closing", both, Endpoint.Body.NOTHING, this::close));
  }

  private Endpoint.Work file(Call call) {
    Instant now = clock.instant();
    var request = Requests.classFiling(call.json(), Times.businessDate(now));
    if (!call.sees(request.institution(), request.region())) {
      throw new ProblemException(Problem.forbidden());
    }
    ClassRules pack = rules.forClasses(request.region(), Times.businessDate(now));
    ClassId id = ids.classOf(call);
    return () ->
        institutions
            .inDirectory(request.institution(), now)
            .thenCompose(
                listed -> {
                  if (!request.site().map(listed.sites()::containsKey).orElse(true)) {
                    throw new ProblemException(
                        InstitutionProblems.of(new InstitutionRefusal.NoSuchPlace()));
                  }
                  return store(request.teachers(), id);
                })
            .thenCompose(
                teachers ->
                    classes.send(
                        id,
                        new ClassCommand.File(filing(request, teachers), pack, now),
                        call.actor()))
            .thenApply(ClassRoutes::filed);
  }

  private CompletionStage<List<PersonPseudonym>> store(List<People.Identity> teachers, ClassId id) {
    return teachers.isEmpty()
        ? CompletableFuture.completedStage(List.of())
        : people
            .store(teachers, NameSource.filing(id))
            .thenApply(stored -> stored.stream().map(People.Stored::person).toList());
  }

  private static Filing filing(Requests.ClassFiling request, List<PersonPseudonym> teachers) {
    return new Filing(
        request.institution(),
        request.region(),
        request.occupation(),
        request.level(),
        request.title(),
        request.plan().teachingPlan(),
        request.plan().trainingMode(),
        request.plan().assessmentMethod(),
        request.plan().employmentMeasures(),
        request.venue(),
        teachers,
        request.textbooks(),
        request.traineesPlanned(),
        request.site());
  }

  private static Reply filed(Classes.Answer answer) {
    return switch (answer) {
      case Classes.Answer.Refused(var reason) -> throw new ProblemException(Refusals.of(reason));
      case Classes.Answer.Done(var summary, var changed, _) ->
          changed
              ? Reply.json(201, Replies.TrainingClass.of(summary))
                  .with(Reply.LOCATION, "/v1/classes/" + summary.classId())
              : Reply.json(200, Replies.TrainingClass.of(summary));
    };
  }

  private Endpoint.Work list(Call call) {
    Optional<String> state = call.word("state", STATES);
    Views.Paging paging = call.paging();
    return () ->
        views
            .classes(call.caller().scope(), state, paging)
            .thenApply(
                page -> Reply.json(200, new Replies.Items<>(page.items(), page.nextCursor())));
  }

  private Endpoint.Work show(Call call) {
    ClassId id = call.classId();
    return () ->
        visible
            .find(call, id)
            .thenApply(summary -> Reply.json(200, Replies.TrainingClass.of(summary)));
  }

  private Endpoint.Work decide(Call call) {
    Requests.FilingDecision decision = Requests.filingDecision(call.json());
    String official = call.caller().tokenId();
    return decision.approved()
        ? change(call, active::find, new ClassCommand.Approve(official, clock.instant()))
        : change(
            call,
            visible::find,
            new ClassCommand.Return(official, decision.reason(), clock.instant()));
  }

  private Endpoint.Work schedule(Call call) {
    Requests.NewTimetable timetable = Requests.timetable(call.json());
    return change(
        call,
        active::findFor,
        new ClassCommand.Schedule(
            timetable.lessons(),
            timetable
                .reason()
                .map(reason -> new ClassCommand.Change(call.caller().tokenId(), reason)),
            clock.instant()));
  }

  private Endpoint.Work open(Call call) {
    call.nothing();
    return change(call, active::find, new ClassCommand.Open(clock.instant()));
  }

  private Endpoint.Work close(Call call) {
    return change(
        call, visible::find, new ClassCommand.Close(Requests.dropReason(call), clock.instant()));
  }

  private Endpoint.Work change(
      Call call,
      BiFunction<Call, ClassId, CompletionStage<Classes.Summary>> find,
      ClassCommand command) {
    ClassId id = call.classId();
    return () ->
        find.apply(call, id)
            .thenCompose(seen -> classes.send(id, command, call.actor()))
            .thenApply(
                answer ->
                    switch (answer) {
                      case Classes.Answer.Refused(var reason) ->
                          throw new ProblemException(Refusals.of(reason));
                      case Classes.Answer.Done(var summary, _, _) ->
                          Reply.json(200, Replies.TrainingClass.of(summary));
                    });
  }
}
