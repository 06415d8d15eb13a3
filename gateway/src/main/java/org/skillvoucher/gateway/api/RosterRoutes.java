package org.skillvoucher.gateway.api;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.Parsed;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.http.Code;
import org.skillvoucher.gateway.http.Endpoint;
import org.skillvoucher.gateway.http.FaultTexts;
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
import org.skillvoucher.gateway.roster.RosterImport;
import org.skillvoucher.gateway.roster.RosterRecord;
import org.skillvoucher.gateway.roster.RosterXlsx;
import org.skillvoucher.gateway.security.Role;

/** Enrolling the people of a roster file (学员名册) in a class. */
final class RosterRoutes {
  /** The largest size of an unpacked spreadsheet, as a multiple of its packed bytes. */
  private static final long INFLATION_MAX = 8;

  /** A row's code for a person who is enrolled, but known by another name (姓名不一致). */
  private static final String NAME_DIFFERS = "name_differs";

  private final ActiveClasses active;
  private final RosterImport roster;
  private final InstantSource clock;
  private final int rowsMax;
  private final long inflatedBytesMax;

  RosterRoutes(
      ActiveClasses active, RosterImport roster, InstantSource clock, HttpSettings settings) {
    this.active = active;
    this.roster = roster;
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

  /** Another tenant's class is answered 404 before anybody is stored. */
  private Endpoint.Work enrol(Call call) {
    ClassId id = call.classId();
    List<RosterFile.CheckedRow> rows =
        RosterFile.read(records(call), rowsMax, Times.businessDate(clock.instant()));
    return () ->
        active
            .find(call, id)
            .thenCompose(seen -> roster.enrol(seen, rows, call.actor()))
            .thenApply(
                result ->
                    switch (result) {
                      case RosterImport.Result.Imported(var imported) ->
                          Reply.json(200, reply(imported, call.language()));
                      case RosterImport.Result.Refused(var reason) ->
                          throw new ProblemException(Refusals.of(reason));
                    });
  }

  private List<RosterRecord> records(Call call) {
    int linesMax = RosterFile.linesMax(rowsMax);
    byte[] file = call.body().toArray();
    return call.bodyType().mediaType().equals(MediaTypes.XLSX)
        ? RosterXlsx.records(file, linesMax, inflatedBytesMax)
        : RosterCsv.records(RosterDecoder.decode(file, call.bodyType().charset()), linesMax);
  }

  private static Replies.RosterReply reply(List<RosterImport.ImportedRow> rows, Language language) {
    return Replies.RosterReply.of(rows.stream().map(row -> reply(row, language)).toList());
  }

  private static Replies.RosterRow reply(RosterImport.ImportedRow imported, Language language) {
    RosterFile.CheckedRow row = imported.row();
    return switch (row.person()) {
      case Parsed.Valid<People.Identity> valid when imported.overlap().isPresent() ->
          new Replies.RosterRow(
              row.line(),
              "refused",
              row.normalised(),
              Optional.of(Code.SCHEDULE_OVERLAP.word()),
              imported.overlap().map(overlap -> VoucherProblems.text(overlap).in(language)));
      case Parsed.Valid<People.Identity> valid ->
          new Replies.RosterRow(
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
          new Replies.RosterRow(
              row.line(),
              "refused",
              row.normalised(),
              Optional.of(code),
              Optional.of(RosterFile.textOf(code, reason).in(language)));
    };
  }
}
