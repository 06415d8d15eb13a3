package org.skillvoucher.gateway.person;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.gateway.person.People.Identity;
import org.skillvoucher.gateway.security.CountingDataSource;
import org.skillvoucher.gateway.security.DeploymentKey;
import org.skillvoucher.gateway.security.Gm;

class VaultIdentitiesTest {
  private static final CountingDataSource POOL = new CountingDataSource();
  private static final int PEOPLE_MAX = 10;
  private static final ClassId CLASS = new ClassId("C1");

  private final Vault vault =
      new Vault(
          new DeploymentKey(Gm.random(32)),
          POOL,
          Runnable::run,
          new VaultSettings(100, Duration.ofMinutes(1), PEOPLE_MAX));

  @AfterAll
  static void close() {
    POOL.close();
  }

  private Map<PersonPseudonym, Identity> stored(int count) {
    Map<PersonPseudonym, Identity> stored = new HashMap<>();
    for (int n = 0; n < count; n++) {
      Identity person =
          new Identity(n % 2 == 0 ? IdType.CITIZEN_ID : IdType.OTHER, "N" + n, "王𠮷" + n);
      stored.put(
          vault
              .store(List.of(person), NameSource.roster(CLASS))
              .toCompletableFuture()
              .join()
              .getFirst()
              .person(),
          person);
    }
    return stored;
  }

  private Map<PersonPseudonym, Identity> identities(List<PersonPseudonym> people) {
    return vault.identities(people, CLASS).toCompletableFuture().join();
  }

  @Test
  void aRosterIsReadInChunks() {
    for (int count : new int[] {0, 1, PEOPLE_MAX, PEOPLE_MAX + 1, 3 * PEOPLE_MAX}) {
      Map<PersonPseudonym, Identity> stored = stored(count);
      int before = POOL.taken.get();
      assertEquals(stored, identities(List.copyOf(stored.keySet())));
      assertEquals((count + PEOPLE_MAX - 1) / PEOPLE_MAX, POOL.taken.get() - before);
    }
  }

  @Test
  void unknownPeopleAreLeftOutAndDuplicatesComeOnce() {
    Map<PersonPseudonym, Identity> stored = stored(3);
    List<PersonPseudonym> asked = new ArrayList<>(stored.keySet());
    asked.addAll(stored.keySet());
    asked.add(vault.pseudonym(IdType.OTHER, "never stored"));
    Collections.shuffle(asked);
    assertEquals(stored, identities(asked));
  }

  @Test
  void withoutTheDatabaseNobodyIsNamed() {
    List<PersonPseudonym> people = List.copyOf(stored(1).keySet());
    POOL.away = true;
    try {
      assertThrows(CompletionException.class, () -> identities(people));
    } finally {
      POOL.away = false;
    }
  }
}
