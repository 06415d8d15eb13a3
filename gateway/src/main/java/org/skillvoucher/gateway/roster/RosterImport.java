package org.skillvoucher.gateway.roster;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.Parsed;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.gateway.entity.Classes;
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
   */
  public record ImportedRow(RosterFile.CheckedRow row, boolean enrolled) {}

  /**
   * Enrols the people of the valid rows. The class itself, as the single writer of its roster,
   * answers who was new, so that of two concurrent imports only one enrols a person. People are in
   * the vault before they are on a roster.
   */
  public CompletionStage<Result> enrol(ClassId id, List<RosterFile.CheckedRow> rows) {
    List<People.Identity> valid =
        rows.stream().flatMap(row -> row.person().toOptional().stream()).toList();
    if (valid.isEmpty()) {
      return CompletableFuture.completedStage(imported(rows, List.of(), Set.of()));
    }
    return people
        .store(valid)
        .thenCompose(
            pseudonyms ->
                classes
                    .send(id, new ClassCommand.Enrol(pseudonyms, clock.instant()))
                    .thenApply(
                        answer ->
                            switch (answer) {
                              case Classes.Answer.Done(_, _, var enrolled) ->
                                  imported(rows, pseudonyms, new HashSet<>(enrolled));
                              case Classes.Answer.Refused(var reason) -> new Result.Refused(reason);
                            }));
  }

  /**
   * Joins rows and answer.
   *
   * @param pseudonyms of the valid rows, in their order
   */
  private static Result imported(
      List<RosterFile.CheckedRow> rows,
      List<PersonPseudonym> pseudonyms,
      Set<PersonPseudonym> enrolled) {
    Iterator<PersonPseudonym> next = pseudonyms.iterator();
    return new Result.Imported(
        rows.stream()
            .map(
                row ->
                    new ImportedRow(
                        row,
                        row.person() instanceof Parsed.Valid && enrolled.contains(next.next())))
            .toList());
  }
}
