package org.skillvoucher.gateway.roster;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
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

/** Enrols the people of a roster file in a class. */
public final class RosterImport {
  private final Classes classes;
  private final People people;
  private final InstantSource clock;

  /**
   * Over the classes and the vault.
   *
   * @param clock business time
   */
  public RosterImport(Classes classes, People people, InstantSource clock) {
    this.classes = classes;
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
   */
  public record ImportedRow(RosterFile.CheckedRow row, boolean enrolled, boolean nameDiffers) {}

  /**
   * Enrols the people of the valid rows. The class itself, as the single writer of its roster,
   * answers who was new, so that of two concurrent imports only one enrols a person. People are in
   * the vault before they are on a roster.
   */
  public CompletionStage<Result> enrol(ClassId id, List<RosterFile.CheckedRow> rows, Actor by) {
    List<People.Identity> valid =
        rows.stream().flatMap(row -> row.person().toOptional().stream()).toList();
    if (valid.isEmpty()) {
      return CompletableFuture.completedStage(imported(rows, List.of(), Set.of()));
    }
    return people
        .store(valid, NameSource.roster(id))
        .thenCompose(
            stored ->
                classes
                    .send(id, enrolment(stored), by)
                    .thenApply(
                        answer ->
                            switch (answer) {
                              case Classes.Answer.Done(_, _, var enrolled) ->
                                  imported(rows, stored, new HashSet<>(enrolled));
                              case Classes.Answer.Refused(var reason) -> new Result.Refused(reason);
                            }));
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
      List<RosterFile.CheckedRow> rows, List<People.Stored> stored, Set<PersonPseudonym> enrolled) {
    Iterator<People.Stored> next = stored.iterator();
    return new Result.Imported(rows.stream().map(row -> imported(row, next, enrolled)).toList());
  }

  private static ImportedRow imported(
      RosterFile.CheckedRow row, Iterator<People.Stored> next, Set<PersonPseudonym> enrolled) {
    if (row.person() instanceof Parsed.Invalid) {
      return new ImportedRow(row, false, false);
    }
    People.Stored stored = next.next();
    return new ImportedRow(row, enrolled.contains(stored.person()), stored.nameDiffers());
  }
}
