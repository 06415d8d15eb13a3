package org.skillvoucher.gateway.api;

import static org.skillvoucher.gateway.security.Role.AUDITOR;
import static org.skillvoucher.gateway.security.Role.DEVICE_ENROLMENT;
import static org.skillvoucher.gateway.security.Role.INSTITUTION;
import static org.skillvoucher.gateway.security.Role.ISSUING_AUTHORITY;
import static org.skillvoucher.gateway.security.Role.OPERATOR;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.institution.Device;
import org.skillvoucher.domain.institution.InstitutionCommand;
import org.skillvoucher.domain.institution.InstitutionState.Admitted;
import org.skillvoucher.gateway.device.DeviceCredentials;
import org.skillvoucher.gateway.device.DeviceNames;
import org.skillvoucher.gateway.device.DevicePublicKey;
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

/** Devices (签到设备) of an institution, from invitation to revocation. */
final class DeviceRoutes {
  private static final Set<Role> READERS =
      Set.of(INSTITUTION, ISSUING_AUTHORITY, AUDITOR, OPERATOR);
  private static final int NAME_CHARACTERS_MAX = 100;
  private static final int REASON_CHARACTERS_MAX = 500;
  private static final int KEY_CHARACTERS_MAX = 300;

  private final Institutions institutions;
  private final VisibleInstitutions visible;
  private final DeviceCredentials credentials;
  private final DeviceNames names;
  private final InstantSource clock;

  DeviceRoutes(
      Institutions institutions,
      DeviceCredentials credentials,
      DeviceNames names,
      InstantSource clock) {
    this.institutions = institutions;
    this.visible = new VisibleInstitutions(institutions);
    this.credentials = credentials;
    this.names = names;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    Set<Role> institution = Set.of(INSTITUTION);
    Set<Role> both = Set.of(INSTITUTION, ISSUING_AUTHORITY);
    String all = "/v1/institutions/{creditCode}/devices";
    String one = all + "/{deviceId}";
    return List.of(
        // These two answers hold secrets, so they are not recorded for replay.
        Endpoint.post(all, institution, Endpoint.Body.JSON, this::invite).leavingTheKeyToTheClass(),
        Endpoint.post(one + "/invitation", institution, Endpoint.Body.NOTHING, this::inviteAnew)
            .leavingTheKeyToTheClass(),
        Endpoint.post("/v1/enrolments", Set.of(DEVICE_ENROLMENT), Endpoint.Body.JSON, this::enrol)
            .leavingTheKeyToTheClass(),
        Endpoint.get(all, READERS, this::list, "limit", "cursor"),
        Endpoint.post(one + "/suspension", both, Endpoint.Body.JSON, this::suspend),
        Endpoint.post(one + "/reinstatement", both, Endpoint.Body.JSON, this::reinstate),
        Endpoint.post(one + "/revocation", both, Endpoint.Body.JSON, this::revoke));
  }

  private record DevicePlacement(String site, String room, String label) {}

  private Endpoint.Work invite(Call call) {
    CreditCode code = call.creditCode();
    Fields in = Fields.of(call.json(), "siteId", "roomId", "name");
    var site = in.value("siteId", ScanRequest::deviceName);
    var room = in.value("roomId", ScanRequest::deviceName);
    var name = in.text("name", NAME_CHARACTERS_MAX);
    in.refuseIfFaulty();
    DevicePlacement place =
        new DevicePlacement(site.orElseThrow(), room.orElseThrow(), name.orElseThrow());
    String id = names.id(code, request(call));
    return () -> visible.find(call, code).thenCompose(seen -> invite(call, code, id, place));
  }

  private Endpoint.Work inviteAnew(Call call) {
    CreditCode code = call.creditCode();
    call.nothing();
    return () ->
        visible
            .find(call, code)
            .thenCompose(
                state -> {
                  Device device = known(state, call);
                  return invite(
                      call,
                      code,
                      device.id(),
                      new DevicePlacement(device.site(), device.room(), device.label()));
                });
  }

  private CompletionStage<Reply> invite(
      Call call, CreditCode code, String id, DevicePlacement place) {
    return credentials
        .invite(code, request(call))
        .thenCompose(
            invitation ->
                visible
                    .send(
                        call,
                        code,
                        new InstitutionCommand.InviteDevice(
                            id,
                            place.site(),
                            place.room(),
                            place.label(),
                            new Device.Invitation(invitation.tokenId(), invitation.expiresAt()),
                            call.caller().tokenId(),
                            clock.instant()))
                    .thenApply(
                        state -> {
                          Device device =
                              Optional.ofNullable(state.devices().get(id)).orElseThrow();
                          return Reply.json(
                              201,
                              new InstitutionReplies.InvitationBody(
                                  id,
                                  device.name(),
                                  device.site(),
                                  device.room(),
                                  invitation.code(),
                                  Times.text(device.invitation().orElseThrow().expiresAt())));
                        }));
  }

  private static String request(Call call) {
    return call.caller().tokenId() + "\n" + call.key();
  }

  private Endpoint.Work enrol(Call call) {
    CreditCode code = ScanRoutes.institutionOf(call.caller());
    Fields in = Fields.of(call.json(), "device", "publicKey");
    var name = in.value("device", ScanRequest::deviceName);
    var key = in.text("publicKey", KEY_CHARACTERS_MAX).flatMap(DevicePublicKey::parse);
    if (key.isEmpty()) {
      in.fault(
          "publicKey",
          new Text(
              "must be an Ed25519, P-256 or SM2 key, base64url of its SubjectPublicKeyInfo",
              "应为 Ed25519、P-256 或 SM2 公钥（SubjectPublicKeyInfo 的 base64url）"));
    }
    in.refuseIfFaulty();
    String device = name.orElseThrow();
    var command =
        new InstitutionCommand.EnrolDevice(
            device,
            new Device.SigningKey(key.orElseThrow().suite(), key.orElseThrow().spki()),
            call.caller().tokenId(),
            clock.instant());
    return () ->
        institutions
            .send(code, command, call.actor())
            .thenCompose(
                answer -> {
                  Admitted state = VisibleInstitutions.done(answer).state();
                  return credentials
                      .token(code, device)
                      .thenApply(token -> enrolled(state, device, token));
                });
  }

  private static Reply enrolled(Admitted state, String name, String token) {
    Device device = state.named(name).orElseThrow();
    return Reply.json(
        201,
        new InstitutionReplies.EnrolmentBody(
            name, token, state.admission().creditCode().value(), device.site(), device.room()));
  }

  /** In the order of their ids; the cursor is the last id of the page before. */
  private Endpoint.Work list(Call call) {
    CreditCode code = call.creditCode();
    Views.Paging paging = call.paging();
    String after = paging.cursor().orElse("");
    return () ->
        visible
            .find(call, code)
            .thenApply(
                state -> {
                  List<Device> rest =
                      state.devices().values().stream()
                          .filter(device -> device.id().compareTo(after) > 0)
                          .sorted(Comparator.comparing(Device::id))
                          .toList();
                  List<Device> page = rest.stream().limit(paging.limit()).toList();
                  return Reply.json(
                      200,
                      new Replies.Items<>(
                          page.stream().map(InstitutionReplies.DeviceBody::of).toList(),
                          rest.size() > page.size()
                              ? Optional.of(page.getLast().id())
                              : Optional.<String>empty()));
                });
  }

  private Endpoint.Work suspend(Call call) {
    String reason = reason(call);
    return change(
        call,
        new InstitutionCommand.SuspendDevice(
            call.variable("deviceId"), reason, call.caller().tokenId(), clock.instant()));
  }

  private Endpoint.Work reinstate(Call call) {
    String reason = reason(call);
    return change(
        call,
        new InstitutionCommand.ReinstateDevice(
            call.variable("deviceId"), reason, call.caller().tokenId(), clock.instant()));
  }

  private Endpoint.Work revoke(Call call) {
    String reason = reason(call);
    Instant now = clock.instant();
    CreditCode code = call.creditCode();
    var command =
        new InstitutionCommand.RevokeDevice(
            call.variable("deviceId"), reason, call.caller().tokenId(), now);
    return () ->
        visible
            .send(call, code, command)
            .thenCompose(
                state ->
                    credentials
                        .revoke(known(state, call).name())
                        .thenApply(revoked -> body(state, call)));
  }

  private static String reason(Call call) {
    Fields in = Fields.of(call.json(), "reason");
    var reason = in.text("reason", REASON_CHARACTERS_MAX);
    in.refuseIfFaulty();
    return reason.orElseThrow();
  }

  private Endpoint.Work change(Call call, InstitutionCommand command) {
    CreditCode code = call.creditCode();
    return () -> visible.send(call, code, command).thenApply(state -> body(state, call));
  }

  private static Reply body(Admitted state, Call call) {
    return Reply.json(200, InstitutionReplies.DeviceBody.of(known(state, call)));
  }

  private static Device known(Admitted state, Call call) {
    return Optional.ofNullable(state.devices().get(call.variable("deviceId")))
        .orElseThrow(() -> new ProblemException(Problem.notFound()));
  }
}
