package org.skillvoucher.gateway.roster;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.Parsed;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.gateway.entity.Classes;
import org.skillvoucher.gateway.person.NameSource;
import org.skillvoucher.gateway.person.People;
import org.skillvoucher.gateway.projection.Views;
import org.skillvoucher.gateway.security.Caller;

/** Enrols the people of a roster file in a class. */
public final class RosterImport {
  private final Classes classes;
  private final Views views;
  private final People people;
  private final InstantSource clock;

  /**
   * Over the classes and the vault.
   *
   * @param clock business time
   */
  public RosterImport(Classes classes, Views views, People people, InstantSource clock) {
    this.classes = classes;
    this.views = views;
    this.people = people;
    this.clock = clock;
  }

  /** The outcome of an import. */
  public sealed interface Result {
    /** In the order of the file. */
    record Imported(List<ImportedRow> rows) implements Result {}

    /** By the class, for all rows. */
    record Refused(ClassRefusal reason) implements Result {}
  }

  /**
   * A row after the import.
   *
   * @param enrolled whether this import enrolled the person; false also for an invalid row
   * @param nameDiffers whether the person is known by another name; false for an invalid row
   * @param overlap why a valid row's person was not enrolled: another class at the same hours
   */
  public record ImportedRow(
      RosterRow row, boolean enrolled, boolean nameDiffers, Optional<Views.Overlap> overlap) {}

  /**
   * Enrols the people of the valid rows. The class itself, as the single writer of its roster,
   * answers who was new, so that of two concurrent imports only one enrols a person. People are in
   * the vault before they are on a roster.
   */
  public CompletionStage<Result> enrol(Classes.Summary to, List<RosterRow> rows, Actor by) {
    List<People.Identity> valid =
        rows.stream().flatMap(row -> row.person().toOptional().stream()).toList();
    if (valid.isEmpty()) {
      return CompletableFuture.completedStage(imported(rows, List.of(), Set.of(), Map.of()));
    }
    return people
        .store(valid, NameSource.roster(to.classId()))
        .thenCompose(
            stored ->
                overlaps(to, stored.stream().map(People.Stored::person).toList())
                    .thenCompose(overlaps -> enrol(to.classId(), rows, stored, overlaps, by)));
  }

  /**
   * Whom another class of the institution keeps from coming to this one. By the read models, which
   * lag by a moment: what they miss is flagged when the person scans in both.
   */
  private CompletionStage<Map<PersonPseudonym, Views.Overlap>> overlaps(
      Classes.Summary to, List<PersonPseudonym> people) {
    return to.lessons().isEmpty()
        ? CompletableFuture.completedStage(Map.of())
        : views.overlaps(
            new Caller.Scope.OfInstitution(to.filing().institution()),
            Views.OtherClasses.ENROLLED,
            to.classId(),
            to.lessons(),
            people);
  }

  private CompletionStage<Result> enrol(
      ClassId id,
      List<RosterRow> rows,
      List<People.Stored> stored,
      Map<PersonPseudonym, Views.Overlap> overlaps,
      Actor by) {
    List<People.Stored> free =
        stored.stream().filter(one -> !overlaps.containsKey(one.person())).toList();
    return classes
        .send(id, enrolment(free), by)
        .thenApply(
            answer ->
                switch (answer) {
                  case Classes.Answer.Done(_, _, var enrolled) ->
                      imported(rows, stored, new HashSet<>(enrolled), overlaps);
                  case Classes.Answer.Refused(var reason) -> new Result.Refused(reason);
                });
  }

  private ClassCommand.Enrol enrolment(List<People.Stored> stored) {
    return new ClassCommand.Enrol(
        stored.stream().map(People.Stored::person).toList(),
        stored.stream().filter(People.Stored::nameDiffers).map(People.Stored::person).toList(),
        clock.instant());
  }

  /**
   * Joins rows and answer.
   *
   * @param stored the people of the valid rows, in their order
   */
  private static Result imported(
      List<RosterRow> rows,
      List<People.Stored> stored,
      Set<PersonPseudonym> enrolled,
      Map<PersonPseudonym, Views.Overlap> overlaps) {
    Iterator<People.Stored> next = stored.iterator();
    List<ImportedRow> imported = new ArrayList<>();
    for (RosterRow row : rows) {
      if (row.person() instanceof Parsed.Valid) {
        People.Stored one = next.next();
        imported.add(
            new ImportedRow(
                row,
                enrolled.contains(one.person()),
                one.nameDiffers(),
                Optional.ofNullable(overlaps.get(one.person()))));
      } else {
        imported.add(new ImportedRow(row, false, false, Optional.empty()));
      }
    }
    return new Result.Imported(imported);
  }
}
