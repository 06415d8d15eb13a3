package org.skillvoucher.gateway.api;

import static org.skillvoucher.gateway.security.Role.AUDITOR;
import static org.skillvoucher.gateway.security.Role.INSTITUTION;
import static org.skillvoucher.gateway.security.Role.ISSUING_AUTHORITY;
import static org.skillvoucher.gateway.security.Role.OPERATOR;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.institution.Admission;
import org.skillvoucher.domain.institution.InstitutionCommand;
import org.skillvoucher.domain.institution.InstitutionKind;
import org.skillvoucher.domain.institution.InstitutionState.Admitted;
import org.skillvoucher.domain.institution.Site;
import org.skillvoucher.domain.institution.StopReason;
import org.skillvoucher.gateway.entity.Institutions;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.http.Endpoint;
import org.skillvoucher.gateway.http.Fields;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.ProblemException;
import org.skillvoucher.gateway.http.Reply;
import org.skillvoucher.gateway.http.Text;
import org.skillvoucher.gateway.http.Times;
import org.skillvoucher.gateway.projection.Views;
import org.skillvoucher.gateway.security.Role;

/** Institutions (培训机构): their admission, suspension and exit, sites and rooms (R20-R27). */
final class InstitutionRoutes {
  private static final Set<Role> READERS =
      Set.of(INSTITUTION, ISSUING_AUTHORITY, AUDITOR, OPERATOR);
  private static final int NAME_CHARACTERS_MAX = 100;
  private static final int REASON_CHARACTERS_MAX = 500;
  private static final int ROOMS_MAX = 100;
  private static final Map<String, InstitutionKind> KINDS =
      Arrays.stream(InstitutionKind.values())
          .collect(Collectors.toUnmodifiableMap(InstitutionKind::code, kind -> kind));

  private final VisibleInstitutions visible;
  private final Institutions institutions;
  private final Views views;
  private final RulePackSelection rules;
  private final InstantSource clock;

  InstitutionRoutes(
      Institutions institutions, Views views, RulePackSelection rules, InstantSource clock) {
    this.visible = new VisibleInstitutions(institutions);
    this.institutions = institutions;
    this.views = views;
    this.rules = rules;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    Set<Role> authority = Set.of(ISSUING_AUTHORITY);
    String one = "/v1/institutions/{creditCode}";
    return List.of(
        Endpoint.post("/v1/institutions", authority, Endpoint.Body.JSON, this::admit),
        Endpoint.get("/v1/institutions", READERS, this::list, "limit", "cursor"),
        Endpoint.get(one, READERS, this::show),
        Endpoint.post(one + "/suspension", authority, Endpoint.Body.JSON, this::suspend),
        Endpoint.post(one + "/reinstatement", authority, Endpoint.Body.JSON, this::reinstate),
        Endpoint.post(one + "/exit", authority, Endpoint.Body.JSON, this::exit),
        Endpoint.post(one + "/sites", Set.of(INSTITUTION), Endpoint.Body.JSON, this::putSite));
  }

  private Endpoint.Work admit(Call call) {
    Fields in =
        Fields.of(
            call.json(),
            "creditCode",
            "region",
            "name",
            "qualification",
            "edition",
            "kind",
            "checkOverride");
    Optional<String> checkOverride =
        call.json().has("checkOverride")
            ? in.text("checkOverride", REASON_CHARACTERS_MAX)
            : Optional.empty();
    Optional<CreditCode> code =
        in.value(
            "creditCode", checkOverride.isPresent() ? CreditCode::parseIssued : CreditCode::parse);
    if (checkOverride.isPresent() && code.filter(CreditCode::hasFittingCheck).isPresent()) {
      in.fault(
          "checkOverride",
          new Text("the check character fits, nothing is overridden", "校验码正确，无需放行"));
    }
    var region = in.value("region", RegionCode::parse);
    var name = in.text("name", NAME_CHARACTERS_MAX);
    var qualification = in.text("qualification", NAME_CHARACTERS_MAX);
    var edition = in.integer("edition", Times.YEAR_MIN, Times.YEAR_MAX);
    Optional<InstitutionKind> kind =
        call.json().has("kind") ? in.oneOf("kind", KINDS) : Optional.empty();
    in.refuseIfFaulty();
    if (!call.sees(region.orElseThrow())) {
      throw new ProblemException(Problem.forbidden());
    }
    Admission admission =
        new Admission(
            code.orElseThrow(),
            region.orElseThrow(),
            name.orElseThrow(),
            qualification.orElseThrow(),
            Math.toIntExact(edition.orElseThrow()),
            kind,
            checkOverride);
    Instant now = clock.instant();
    var command =
        new InstitutionCommand.Admit(
            admission,
            rules.forDirectory(admission.region(), Times.businessDate(now)),
            call.caller().tokenId(),
            now);
    return () ->
        institutions
            .send(admission.creditCode(), command, call.actor())
            .thenApply(
                answer -> {
                  Institutions.Answer.Done done = VisibleInstitutions.done(answer);
                  return Reply.json(
                          done.changed() ? 201 : 200,
                          InstitutionReplies.InstitutionBody.of(done.state()))
                      .with(Reply.LOCATION, "/v1/institutions/" + admission.creditCode());
                });
  }

  private Endpoint.Work list(Call call) {
    Views.Paging paging = call.paging();
    return () ->
        views
            .institutions(call.caller().scope(), paging)
            .thenApply(
                page ->
                    Reply.json(
                        200,
                        new Replies.Items<>(
                            page.items().stream()
                                .map(InstitutionReplies.InstitutionInList::of)
                                .toList(),
                            page.nextCursor())));
  }

  private Endpoint.Work show(Call call) {
    CreditCode code = call.creditCode();
    return () -> visible.find(call, code).thenApply(InstitutionRoutes::body);
  }

  private Endpoint.Work suspend(Call call) {
    Stopping stopping = stopping(call, true);
    return change(
        call,
        new InstitutionCommand.Suspend(
            stopping.reason(),
            stopping.evidence(),
            stopping.from(),
            call.caller().tokenId(),
            clock.instant()));
  }

  private Endpoint.Work exit(Call call) {
    Stopping stopping = stopping(call, false);
    return change(
        call,
        new InstitutionCommand.Exit(
            stopping.reason(),
            stopping.evidence(),
            stopping.from(),
            call.caller().tokenId(),
            clock.instant()));
  }

  private record Stopping(StopReason reason, String evidence, Instant from) {}

  private static Stopping stopping(Call call, boolean suspension) {
    Fields in = Fields.of(call.json(), "reason", "evidence", "effectiveAt");
    Map<String, StopReason> words = new HashMap<>();
    Arrays.stream(StopReason.values())
        .filter(reason -> !suspension || reason.suspends())
        .forEach(reason -> words.put(reason.code(), reason));
    var reason = in.oneOf("reason", words);
    var evidence = in.text("evidence", REASON_CHARACTERS_MAX);
    var from = in.time("effectiveAt");
    in.refuseIfFaulty();
    return new Stopping(reason.orElseThrow(), evidence.orElseThrow(), from.orElseThrow());
  }

  private Endpoint.Work reinstate(Call call) {
    Fields in = Fields.of(call.json(), "reason");
    var reason = in.text("reason", REASON_CHARACTERS_MAX);
    in.refuseIfFaulty();
    return change(
        call,
        new InstitutionCommand.Reinstate(
            reason.orElseThrow(), call.caller().tokenId(), clock.instant()));
  }

  private Endpoint.Work putSite(Call call) {
    Fields in = Fields.of(call.json(), "siteId", "name", "address", "rooms");
    var id = in.value("siteId", ScanRequest::deviceName);
    var name = in.text("name", NAME_CHARACTERS_MAX);
    var address = in.text("address", REASON_CHARACTERS_MAX);
    List<Site.Room> rooms =
        in.objects("rooms", 1, ROOMS_MAX, "roomId", "name").stream()
            .flatMap(
                room -> {
                  var roomId = room.value("roomId", ScanRequest::deviceName);
                  var roomName = room.text("name", NAME_CHARACTERS_MAX);
                  return roomId.isPresent() && roomName.isPresent()
                      ? Stream.of(new Site.Room(roomId.get(), roomName.get()))
                      : Stream.empty();
                })
            .toList();
    in.refuseIfFaulty();
    return change(
        call,
        new InstitutionCommand.PutSite(
            new Site(id.orElseThrow(), name.orElseThrow(), address.orElseThrow(), rooms),
            call.caller().tokenId(),
            clock.instant()));
  }

  private Endpoint.Work change(Call call, InstitutionCommand command) {
    CreditCode code = call.creditCode();
    return () -> changed(call, code, command).thenApply(InstitutionRoutes::body);
  }

  private CompletionStage<Admitted> changed(
      Call call, CreditCode code, InstitutionCommand command) {
    return visible.send(call, code, command);
  }

  private static Reply body(Admitted state) {
    return Reply.json(200, InstitutionReplies.InstitutionBody.of(state));
  }
}
