package org.skillvoucher.gateway.api;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.Parsed;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.http.Code;
import org.skillvoucher.gateway.http.Endpoint;
import org.skillvoucher.gateway.http.FaultTexts;
import org.skillvoucher.gateway.http.Language;
import org.skillvoucher.gateway.http.MediaTypes;
import org.skillvoucher.gateway.http.ProblemException;
import org.skillvoucher.gateway.http.Reply;
import org.skillvoucher.gateway.http.Times;
import org.skillvoucher.gateway.person.People;
import org.skillvoucher.gateway.roster.RosterFile;
import org.skillvoucher.gateway.roster.RosterImport;
import org.skillvoucher.gateway.roster.RosterReader;
import org.skillvoucher.gateway.roster.RosterRow;
import org.skillvoucher.gateway.security.Role;

/** Enrolling the people of a roster file (学员名册) in a class. */
final class RosterRoutes {
  /** A row's code for a person who is enrolled, but known by another name (姓名不一致). */
  private static final String NAME_DIFFERS = "name_differs";

  private final ActiveClasses active;
  private final RosterReader reader;
  private final RosterImport roster;
  private final InstantSource clock;

  RosterRoutes(
      ActiveClasses active, RosterReader reader, RosterImport roster, InstantSource clock) {
    this.active = active;
    this.reader = reader;
    this.roster = roster;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.postFile("/v1/classes/{classId}/roster", Set.of(Role.INSTITUTION), this::enrol));
  }

  /** Another tenant's class is answered 404 before anybody is stored. */
  private CompletionStage<Endpoint.Work> enrol(Call call) {
    ClassId id = call.classId();
    var upload =
        new RosterReader.Upload(
            call.body(),
            call.bodyType().mediaType().equals(MediaTypes.XLSX),
            call.bodyType().charset());
    return reader
        .read(upload, Times.businessDate(clock.instant()))
        .thenApply(file -> () -> enrol(call, id, file));
  }

  private CompletionStage<Reply> enrol(Call call, ClassId id, RosterFile file) {
    return active
        .find(call, id)
        .thenCompose(seen -> roster.enrol(seen, file.rows(), call.actor()))
        .thenApply(
            result ->
                switch (result) {
                  case RosterImport.Result.Imported(var imported) ->
                      Reply.json(200, reply(file, imported, call.language()));
                  case RosterImport.Result.Refused(var reason) ->
                      throw new ProblemException(Refusals.of(reason));
                });
  }

  private static RosterReply reply(
      RosterFile file, List<RosterImport.ImportedRow> rows, Language language) {
    return RosterReply.of(file, rows.stream().map(row -> reply(row, language)).toList(), language);
  }

  private static RosterReply.Row reply(RosterImport.ImportedRow imported, Language language) {
    RosterRow row = imported.row();
    Optional<String> sheet = RosterReply.sheet(row.sheet());
    return switch (row.person()) {
      case Parsed.Valid<People.Identity> valid when imported.overlap().isPresent() ->
          new RosterReply.Row(
              sheet,
              row.line(),
              "refused",
              row.normalised(),
              Optional.of(Code.SCHEDULE_OVERLAP.word()),
              imported.overlap().map(overlap -> VoucherProblems.text(overlap).in(language)));
      case Parsed.Valid<People.Identity> valid ->
          new RosterReply.Row(
              sheet,
              row.line(),
              imported.enrolled() ? "enrolled" : "already_enrolled",
              row.normalised(),
              imported.nameDiffers() ? Optional.of(NAME_DIFFERS) : Optional.empty(),
              imported.nameDiffers()
                  ? Optional.of(
                      FaultTexts.of(
                              NAME_DIFFERS,
                              "enrolled, but the person is known by another name: check the card;"
                                  + " the authority settles it")
                          .in(language))
                  : Optional.empty());
      case Parsed.Invalid<People.Identity>(var code, var reason) ->
          new RosterReply.Row(
              sheet,
              row.line(),
              "refused",
              row.normalised(),
              Optional.of(code),
              Optional.of(row.detail().in(language)));
    };
  }
}
