package org.skillvoucher.gateway.api;

import static org.skillvoucher.gateway.security.Role.AUDITOR;
import static org.skillvoucher.gateway.security.Role.INSTITUTION;
import static org.skillvoucher.gateway.security.Role.ISSUING_AUTHORITY;
import static org.skillvoucher.gateway.security.Role.OPERATOR;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.domain.trainingclass.Correction;
import org.skillvoucher.gateway.entity.Classes;
import org.skillvoucher.gateway.entity.Institutions;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.http.Endpoint;
import org.skillvoucher.gateway.http.Fields;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.ProblemException;
import org.skillvoucher.gateway.http.Reply;
import org.skillvoucher.gateway.projection.Views;
import org.skillvoucher.gateway.security.Role;

/**
 * Supervision of a class, each act with a named official and a reason: corrections decided by a
 * second person (更正), spot checks (抽查), waived counter gaps, and decisions on flags (预警).
 */
final class SupervisionRoutes {
  private static final Set<Role> READERS =
      Set.of(INSTITUTION, ISSUING_AUTHORITY, AUDITOR, OPERATOR);
  private static final int REASON_CHARACTERS_MAX = 500;
  private static final int SPOT_CHECK_MINUTES_MAX = 45;
  private static final Set<String> FLAG_STATES =
      Set.of("open", "cleared", "confirmed", "dismissed");
  private static final Map<String, Correction.Kind> KINDS =
      Map.of("back_fill", Correction.Kind.BACK_FILL, "amendment", Correction.Kind.AMENDMENT);

  private final Classes classes;
  private final VisibleClasses visible;
  private final ActiveClasses active;
  private final Views views;
  private final DerivedIds ids;
  private final InstantSource clock;

  SupervisionRoutes(
      Classes classes,
      Institutions institutions,
      Views views,
      DerivedIds ids,
      InstantSource clock) {
    this.classes = classes;
    this.visible = new VisibleClasses(classes);
    this.active = new ActiveClasses(classes, institutions, clock);
    this.views = views;
    this.ids = ids;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    Set<Role> authority = Set.of(ISSUING_AUTHORITY);
    Set<Role> both = Set.of(INSTITUTION, ISSUING_AUTHORITY);
    String one = "/v1/classes/{classId}";
    String corrections = one + "/corrections";
    return List.of(
        Endpoint.post(corrections, both, Endpoint.Body.JSON, this::propose),
        Endpoint.get(corrections, READERS, this::list, "limit", "cursor"),
        Endpoint.post(
            corrections + "/{correctionId}/decision", both, Endpoint.Body.JSON, this::decide),
        Endpoint.post(one + "/spot-checks", authority, Endpoint.Body.JSON, this::spotCheck),
        Endpoint.post(one + "/gap-waivers", authority, Endpoint.Body.JSON, this::waiveGap),
        Endpoint.get(
            "/v1/flags", READERS, this::flags, "classId", "kind", "state", "limit", "cursor"),
        Endpoint.get("/v1/flags/{flagId}", READERS, this::flag),
        Endpoint.post(
            one + "/flags/{flagId}/decision", authority, Endpoint.Body.JSON, this::decideFlag));
  }

  private Endpoint.Work propose(Call call) {
    Fields in = Fields.of(call.json(), "person", "lesson", "kind", "reason");
    var person = in.value("person", PersonPseudonym::parse);
    var lesson = in.value("lesson", LessonId::parse);
    var kind = in.oneOf("kind", KINDS);
    var reason = in.text("reason", REASON_CHARACTERS_MAX);
    in.refuseIfFaulty();
    Correction correction =
        new Correction(
            ids.correction(call),
            person.orElseThrow(),
            lesson.orElseThrow(),
            kind.orElseThrow(),
            reason.orElseThrow(),
            call.caller().tokenId(),
            clock.instant(),
            Optional.empty(),
            Optional.of(call.actor()));
    return () ->
        active
            .findFor(call, call.classId())
            .thenCompose(
                seen ->
                    changed(
                        call,
                        new ClassCommand.ProposeCorrection(correction, correction.at()),
                        "/lesson"))
            .thenApply(
                done ->
                    Reply.json(
                        done.changed() ? 201 : 200, SupervisionReplies.Proposed.of(correction)));
  }

  private Endpoint.Work list(Call call) {
    var classId = call.classId();
    Views.Paging paging = call.paging();
    return () ->
        visible
            .find(call, classId)
            .thenCompose(seen -> views.corrections(classId, paging))
            .thenApply(
                page ->
                    Reply.json(
                        200,
                        new Replies.Items<>(
                            page.items().stream()
                                .map(SupervisionReplies.CorrectionBody::of)
                                .toList(),
                            page.nextCursor())));
  }

  /** A decision of an official, and why. */
  private record OfficialDecision(boolean yes, ClassCommand.Change by) {}

  private static OfficialDecision decision(Call call, String yes, String no) {
    Fields in = Fields.of(call.json(), "decision", "reason");
    var decision = in.oneOf("decision", Map.of(yes, true, no, false));
    var reason = in.text("reason", REASON_CHARACTERS_MAX);
    in.refuseIfFaulty();
    return new OfficialDecision(
        decision.orElseThrow(),
        new ClassCommand.Change(call.caller().tokenId(), reason.orElseThrow()));
  }

  private Endpoint.Work decide(Call call) {
    OfficialDecision decision = decision(call, "approved", "declined");
    String id = call.variable("correctionId");
    return () ->
        changed(
                call,
                new ClassCommand.DecideCorrection(
                    id, decision.yes(), decision.by(), clock.instant()))
            .thenApply(
                done ->
                    Reply.json(
                        200,
                        new SupervisionReplies.CorrectionDecisionReply(
                            id, decision.yes() ? "approved" : "declined")));
  }

  private Endpoint.Work spotCheck(Call call) {
    Fields in = Fields.of(call.json(), "lessonId", "minutes");
    var lesson = in.value("lessonId", LessonId::parse);
    var minutes = in.integer("minutes", 1, SPOT_CHECK_MINUTES_MAX);
    in.refuseIfFaulty();
    var command =
        new ClassCommand.CallSpotCheck(
            lesson.orElseThrow(),
            Math.toIntExact(minutes.orElseThrow()),
            call.caller().tokenId(),
            clock.instant());
    return () ->
        changed(call, command, "/lessonId")
            .thenApply(
                done ->
                    Reply.json(
                        done.changed() ? 201 : 200,
                        new SupervisionReplies.SpotCheck(
                            command.lesson().value(), command.minutes())));
  }

  private Endpoint.Work waiveGap(Call call) {
    Fields in = Fields.of(call.json(), "device", "reason");
    var device = in.value("device", ScanRequest::deviceName);
    var reason = in.text("reason", REASON_CHARACTERS_MAX);
    in.refuseIfFaulty();
    var change = new ClassCommand.Change(call.caller().tokenId(), reason.orElseThrow());
    return () ->
        changed(call, new ClassCommand.WaiveGap(device.orElseThrow(), change, clock.instant()))
            .thenApply(
                done ->
                    Reply.json(200, new SupervisionReplies.GapWaiverReply(device.orElseThrow())));
  }

  private Endpoint.Work flags(Call call) {
    var filter =
        new Views.FlagFilter(
            call.classIdParameter(),
            call.word("kind", SupervisionReplies.FLAG_KINDS),
            call.word("state", FLAG_STATES));
    Views.Paging paging = call.paging();
    return () ->
        views
            .flags(call.caller().scope(), filter, paging)
            .thenApply(
                page ->
                    Reply.json(
                        200,
                        new Replies.Items<>(
                            page.items().stream().map(SupervisionReplies.Flag::of).toList(),
                            page.nextCursor())));
  }

  private Endpoint.Work flag(Call call) {
    String id = call.variable("flagId");
    return () ->
        visibleFlag(call, id).thenApply(row -> Reply.json(200, SupervisionReplies.Flag.of(row)));
  }

  private CompletionStage<Views.FlagRow> visibleFlag(Call call, String id) {
    return views
        .flag(id)
        .thenApply(
            found ->
                found
                    .filter(row -> SupervisionReplies.isSeenBy(call, row))
                    .orElseThrow(() -> new ProblemException(Problem.notFoundYet())));
  }

  private Endpoint.Work decideFlag(Call call) {
    OfficialDecision decision = decision(call, "confirmed", "dismissed");
    String id = call.variable("flagId");
    String classId = call.classId().value();
    return () ->
        visibleFlag(call, id)
            .thenCompose(
                row -> {
                  if (!row.classId().equals(classId)) {
                    throw new ProblemException(Problem.notFound());
                  }
                  return changed(
                      call,
                      new ClassCommand.DecideFlag(
                          id, decision.yes(), decision.by(), clock.instant()));
                })
            .thenApply(
                done ->
                    Reply.json(
                        200,
                        new SupervisionReplies.FlagDecisionReply(
                            id, decision.yes() ? "confirmed" : "dismissed")));
  }

  private CompletionStage<Classes.Answer.Done> changed(Call call, ClassCommand command) {
    return changed(call, command, "");
  }

  /** With the JSON pointer of the lesson, for the fault of an unknown one. */
  private CompletionStage<Classes.Answer.Done> changed(
      Call call, ClassCommand command, String lessonAt) {
    var id = call.classId();
    return visible
        .find(call, id)
        .thenCompose(seen -> classes.send(id, command, call.actor()))
        .thenApply(
            answer ->
                switch (answer) {
                  case Classes.Answer.Refused(ClassRefusal.NoSuchLesson reason) ->
                      throw new ProblemException(
                          Refusals.of((ClassRefusal) reason)
                              .withErrors(List.of(ScanProblems.noSuchLesson(lessonAt))));
                  case Classes.Answer.Refused(var reason) ->
                      throw new ProblemException(Refusals.of(reason));
                  case Classes.Answer.Done done -> done;
                });
  }
}
