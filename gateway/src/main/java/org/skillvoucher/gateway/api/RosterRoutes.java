package org.skillvoucher.gateway.api;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.Parsed;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.gateway.entity.Classes;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.http.Endpoint;
import org.skillvoucher.gateway.http.HttpSettings;
import org.skillvoucher.gateway.http.Language;
import org.skillvoucher.gateway.http.MediaTypes;
import org.skillvoucher.gateway.http.ProblemException;
import org.skillvoucher.gateway.http.Reply;
import org.skillvoucher.gateway.http.Times;
import org.skillvoucher.gateway.person.People;
import org.skillvoucher.gateway.roster.RosterCsv;
import org.skillvoucher.gateway.roster.RosterDecoder;
import org.skillvoucher.gateway.roster.RosterFile;
import org.skillvoucher.gateway.roster.RosterRecord;
import org.skillvoucher.gateway.roster.RosterXlsx;
import org.skillvoucher.gateway.security.Role;

/** Putting people on a class's roster (学员名册) from a file. */
final class RosterRoutes {
  /** How many times its packed bytes a spreadsheet may come to. */
  private static final long INFLATION_MAX = 8;

  private final Classes classes;
  private final VisibleClasses visible;
  private final People people;
  private final InstantSource clock;
  private final int rowsMax;
  private final long inflatedBytesMax;

  RosterRoutes(Classes classes, People people, InstantSource clock, HttpSettings settings) {
    this.classes = classes;
    this.visible = new VisibleClasses(classes);
    this.people = people;
    this.clock = clock;
    this.rowsMax = settings.rosterRowsMax();
    this.inflatedBytesMax = INFLATION_MAX * settings.rosterBodyBytesMax();
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post(
            "/v1/classes/{classId}/roster",
            Set.of(Role.INSTITUTION),
            Endpoint.Body.ROSTER,
            this::enrol));
  }

  private Endpoint.Work enrol(Call call) {
    ClassId id = call.classId();
    List<RosterFile.Row> rows =
        RosterFile.read(records(call), rowsMax, Times.businessDate(clock.instant()));
    List<People.Identity> valid =
        rows.stream().flatMap(row -> row.person().toOptional().stream()).toList();
    return () ->
        visible
            .find(call, id)
            .thenCompose(seen -> classes.enrolled(id))
            .thenCompose(
                before ->
                    enrol(id, valid)
                        .thenApply(after -> Reply.json(200, outcome(rows, before, call))));
  }

  private List<RosterRecord> records(Call call) {
    int linesMax = RosterFile.linesMax(rowsMax);
    byte[] file = call.body().toArray();
    return call.bodyType().mediaType().equals(MediaTypes.XLSX)
        ? RosterXlsx.records(file, linesMax, inflatedBytesMax)
        : RosterCsv.records(RosterDecoder.decode(file, call.bodyType().charset()), linesMax);
  }

  /** The vault comes first: nobody is on a roster whose name is nowhere. */
  private CompletionStage<Boolean> enrol(ClassId id, List<People.Identity> valid) {
    if (valid.isEmpty()) {
      return CompletableFuture.completedStage(false);
    }
    return people
        .store(valid)
        .thenCompose(
            pseudonyms -> classes.send(id, new ClassCommand.Enrol(pseudonyms, clock.instant())))
        .thenApply(
            answer ->
                switch (answer) {
                  case Classes.Answer.Done(var summary, var changed) -> changed;
                  case Classes.Answer.Refused(var reason) ->
                      throw new ProblemException(Refusals.of(reason));
                });
  }

  private Replies.Roster outcome(
      List<RosterFile.Row> rows, Set<PersonPseudonym> before, Call call) {
    return Replies.Roster.of(
        rows.stream().map(row -> outcome(row, before, call.language())).toList());
  }

  private Replies.RosterRow outcome(
      RosterFile.Row row, Set<PersonPseudonym> before, Language language) {
    return switch (row.person()) {
      case Parsed.Valid<People.Identity>(var identity) ->
          new Replies.RosterRow(
              row.line(),
              before.contains(people.pseudonym(identity.type(), identity.number()))
                  ? "already_enrolled"
                  : "enrolled",
              row.normalised(),
              Optional.empty(),
              Optional.empty());
      case Parsed.Invalid<People.Identity>(var code, var reason) ->
          new Replies.RosterRow(
              row.line(),
              "refused",
              row.normalised(),
              Optional.of(code),
              Optional.of(RosterFile.textOf(code, reason).in(language)));
    };
  }
}
