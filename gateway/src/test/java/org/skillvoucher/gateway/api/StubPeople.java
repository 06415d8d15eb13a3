package org.skillvoucher.gateway.api;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.gateway.person.NameSource;
import org.skillvoucher.gateway.person.People;

/** A vault in memory. */
public final class StubPeople implements People {
  public final List<Identity> stored = new ArrayList<>();

  /** Numbers of people known by another name. */
  final Set<String> knownByOtherName = new HashSet<>();

  final List<String> mended = new ArrayList<>();
  Optional<Throwable> failure = Optional.empty();

  /** How many pseudonyms were computed: each costs a keyed hash. */
  int hashes;

  private int storesAwaited;
  private CompletableFuture<Void> storesMet = CompletableFuture.completedFuture(null);

  /** Completes calls of {@link #store} only once this many of them are waiting. */
  void completeStoresTogether(int calls) {
    storesAwaited = calls;
    storesMet = new CompletableFuture<>();
  }

  @Override
  public PersonPseudonym pseudonym(IdType type, String number) {
    hashes++;
    byte[] hash = World.hash("person", (type.pseudonymCode() + number).getBytes(World.UTF_8));
    return new PersonPseudonym(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
  }

  @Override
  public synchronized CompletionStage<List<Stored>> store(
      List<Identity> people, NameSource source) {
    if (failure.isPresent()) {
      return CompletableFuture.failedStage(failure.get());
    }
    stored.addAll(people);
    List<Stored> all =
        people.stream()
            .map(
                person ->
                    new Stored(
                        pseudonym(person.type(), person.number()),
                        knownByOtherName.contains(person.number())))
            .toList();
    CompletableFuture<Void> met = storesMet;
    CompletionStage<List<Stored>> answer = met.thenApply(unused -> all);
    if (--storesAwaited <= 0) {
      met.complete(null);
    }
    return answer;
  }

  @Override
  public CompletionStage<Void> mendName(PersonPseudonym person, ClassId classId, String name) {
    mended.add(person + " is " + name + " in " + classId);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void confirmName(PersonPseudonym person, ClassId classId, String name) {
    throw new IllegalStateException("not asked by routes");
  }

  @Override
  public CompletionStage<String> commitment(PersonPseudonym person, String receiptId) {
    return CompletableFuture.failedStage(new IllegalStateException("not asked by routes"));
  }

  @Override
  public CompletionStage<Map<PersonPseudonym, Identity>> identities(
      Collection<PersonPseudonym> people, ClassId classId) {
    if (failure.isPresent()) {
      return CompletableFuture.failedStage(failure.get());
    }
    Map<PersonPseudonym, Identity> found = new HashMap<>();
    for (Identity person : stored) {
      PersonPseudonym pseudonym = pseudonym(person.type(), person.number());
      if (people.contains(pseudonym)) {
        found.put(pseudonym, person);
      }
    }
    return CompletableFuture.completedStage(found);
  }
}
