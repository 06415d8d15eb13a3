package org.skillvoucher.gateway.api;

import static org.skillvoucher.gateway.security.Role.INSTITUTION;
import static org.skillvoucher.gateway.security.Role.ISSUING_AUTHORITY;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.gateway.entity.Classes;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.http.Endpoint;
import org.skillvoucher.gateway.http.ProblemException;
import org.skillvoucher.gateway.http.Reply;
import org.skillvoucher.gateway.person.People;
import org.skillvoucher.gateway.security.Role;

/**
 * One person's entry on a roster (学员名册): its name is mended (姓名更正), or the person is taken off
 * (移出名册). Before the person's first scan the institution may, afterwards only the authority.
 */
final class EnrolmentRoutes {
  private static final Set<Role> BOTH = Set.of(INSTITUTION, ISSUING_AUTHORITY);

  private final VisibleClasses visible;
  private final Classes classes;
  private final People people;
  private final InstantSource clock;

  EnrolmentRoutes(Classes classes, People people, InstantSource clock) {
    this.visible = new VisibleClasses(classes);
    this.classes = classes;
    this.people = people;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    String one = "/v1/classes/{classId}/roster/{person}";
    return List.of(
        Endpoint.post(one + "/name", BOTH, Endpoint.Body.JSON, this::mendName),
        Endpoint.post(one + "/removal", BOTH, Endpoint.Body.JSON, this::remove));
  }

  /**
   * The class decides first, so that nobody changes a name without an event that says who did. If
   * the vault cannot be reached afterwards, the same request again writes it.
   */
  private Endpoint.Work mendName(Call call) {
    ClassId id = call.classId();
    PersonPseudonym person = call.person();
    Requests.MendedName mended = Requests.mendedName(call.json());
    return () ->
        send(call, new ClassCommand.MendName(person, mended.reason(), clock.instant()))
            .thenCompose(
                reply -> people.mendName(person, id, mended.name()).thenApply(written -> reply));
  }

  private Endpoint.Work remove(Call call) {
    var command =
        new ClassCommand.Unenrol(call.person(), Requests.reason(call.json()), clock.instant());
    return () -> send(call, command);
  }

  private CompletionStage<Reply> send(Call call, ClassCommand command) {
    return visible
        .find(call, call.classId())
        .thenCompose(seen -> classes.send(seen.classId(), command, call.actor()))
        .thenCompose(
            answer ->
                switch (answer) {
                  case Classes.Answer.Refused(var reason) ->
                      CompletableFuture.failedStage(new ProblemException(Refusals.of(reason)));
                  case Classes.Answer.Done(var summary, _, _) ->
                      CompletableFuture.completedStage(
                          Reply.json(200, Replies.TrainingClass.of(summary)));
                });
  }
}
