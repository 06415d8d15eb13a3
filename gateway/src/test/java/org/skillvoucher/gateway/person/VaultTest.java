package org.skillvoucher.gateway.person;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.benmanes.caffeine.cache.Ticker;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.gateway.person.People.Identity;
import org.skillvoucher.gateway.security.CountingDataSource;
import org.skillvoucher.gateway.security.DeploymentKey;
import org.skillvoucher.gateway.security.DeploymentKeyedHash;
import org.skillvoucher.gateway.security.Gm;
import org.skillvoucher.gateway.security.IdempotencyKeys;
import org.skillvoucher.gateway.security.IdempotentCalls;
import org.skillvoucher.gateway.security.ManualClock;

class VaultTest {
  private static final CountingDataSource POOL = new CountingDataSource();
  private static final VaultSettings SETTINGS =
      new VaultSettings(1_000, Duration.ofMinutes(10), 600);
  private static final DeploymentKey OURS = new DeploymentKey(Gm.random(32));
  private static final DeploymentKey OTHER = new DeploymentKey(Gm.random(32));

  private static final ClassId CLASS = new ClassId("C1");
  private static final NameSource ROSTER = NameSource.roster(CLASS);

  private final ManualClock time = new ManualClock();
  private final Vault vault = vault(OURS);

  @AfterAll
  static void close() {
    POOL.close();
  }

  @Test
  void aStoredPersonCanBeRevealed() {
    var person = new Identity(IdType.CITIZEN_ID, "99010119900315004X", "王𠮷");
    assertEquals(Optional.of(person), revealed(vault, stored(person)));
  }

  @Test
  void anUnknownPersonIsNotRevealed() {
    assertEquals(Optional.empty(), revealed(vault, vault.pseudonym(IdType.OTHER, "never stored")));
  }

  @Test
  void noTableShowsANameOrANumber() throws SQLException {
    var person = new Identity(IdType.CITIZEN_ID, "990301199602290010", "欧阳测试");
    PersonPseudonym pseudonym = stored(person);
    joined(
        new IdempotencyKeys(
                new DeploymentKeyedHash(OURS), POOL, Runnable::run, Duration.ofSeconds(5))
            .claim(
                "T1",
                "key of 990301199602290010",
                Gm.utf8("欧阳测试 990301199602290010"),
                IdempotentCalls.Kept.SHORTLY));
    String dump = POOL.dump().toLowerCase(Locale.ROOT);
    assertTrue(dump.contains(pseudonym.value().toLowerCase(Locale.ROOT)));
    for (String secret : List.of(person.name(), person.number())) {
      assertFalse(dump.contains(secret));
      assertFalse(dump.contains(HexFormat.of().formatHex(Gm.utf8(secret))));
      assertFalse(dump.contains(HexFormat.of().formatHex(Gm.sm3(Gm.utf8(secret)))));
      assertFalse(
          dump.contains(
              Base64.getEncoder().encodeToString(Gm.utf8(secret)).toLowerCase(Locale.ROOT)));
    }
  }

  @Test
  void pseudonymsDifferByNumberByTypeAndByDeployment() {
    Set<PersonPseudonym> all = new HashSet<>();
    Vault elsewhere = vault(OTHER);
    for (int i = 0; i < 200; i++) {
      for (IdType type : List.of(IdType.CITIZEN_ID, IdType.OTHER)) {
        all.add(vault.pseudonym(type, "9901011990031" + i));
        all.add(elsewhere.pseudonym(type, "9901011990031" + i));
      }
    }
    assertEquals(200 * 2 * 2, all.size());
  }

  /** A person known before these types existed keeps their pseudonym. */
  @Test
  void numbersOfTheNewerTypesKeepThePseudonymsTheyHad() {
    assertEquals(
        vault.pseudonym(IdType.OTHER, "810000189001020015"),
        vault.pseudonym(IdType.RESIDENCE_PERMIT, "810000189001020015"));
    assertEquals(
        vault.pseudonym(IdType.CITIZEN_ID, "999840198506120017"),
        vault.pseudonym(IdType.FOREIGN_PERMANENT_RESIDENCE, "999840198506120017"));
  }

  @Test
  void aPseudonymIsTheSameEveryTimeAndNeedsNoDatabase() {
    int before = POOL.taken.get();
    assertEquals(vault.pseudonym(IdType.OTHER, "P1"), vault(OURS).pseudonym(IdType.OTHER, "P1"));
    assertEquals(before, POOL.taken.get());
  }

  @Test
  void manyPeopleAreStoredAtOnceInTheirOrderWithDuplicates() {
    List<Identity> people = new ArrayList<>(people("bulk", 500));
    Collections.shuffle(people, new Random(7));
    people.add(people.get(3));
    int before = POOL.taken.get();
    List<PersonPseudonym> pseudonyms = people(vault.store(people, ROSTER));
    assertEquals(before + 1, POOL.taken.get());
    assertEquals(
        people.stream().map(person -> vault.pseudonym(person.type(), person.number())).toList(),
        pseudonyms);
    assertEquals(Optional.of(people.get(42)), revealed(vault, pseudonyms.get(42)));
  }

  @Test
  void aSourceKeepsTheNameItBroughtFirst() throws SQLException {
    PersonPseudonym person = stored(new Identity(IdType.OTHER, "known", "First"));
    String commitment = joined(vault.commitment(person, "R1"));
    String dump = POOL.dump();
    assertEquals(person, stored(new Identity(IdType.OTHER, "known", "Second")));
    assertEquals(dump, POOL.dump());
    assertEquals("First", revealed(vault, person).orElseThrow().name());
    assertEquals(commitment, joined(vault(OURS).commitment(person, "R1")));
  }

  @Test
  void anEmptyListStoresNobody() {
    int before = POOL.taken.get();
    assertEquals(List.of(), joined(vault.store(List.of(), ROSTER)));
    assertEquals(before, POOL.taken.get());
  }

  @Test
  void tooManyOrIncompletePeopleAreRefusedWithoutNamingThem() {
    assertUnspoken(people("many", 601));
    assertUnspoken(List.of(new Identity(IdType.OTHER, "half", " ")));
    assertUnspoken(List.of(new Identity(IdType.OTHER, "", "nameless")));
    assertUnspoken(List.of(new Identity(IdType.OTHER, "long", "x".repeat(201))));
  }

  @Test
  void theSameRosterStoredConcurrentlyInAnyOrderHasOneKeyPerPerson() {
    List<Identity> people = people("race", 200);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var racing =
          IntStream.range(0, 16)
              .mapToObj(
                  seed -> {
                    var shuffled = new ArrayList<>(people);
                    Collections.shuffle(shuffled, new Random(seed));
                    var own = new Vault(OURS, POOL, executor, SETTINGS, Ticker.systemTicker());
                    return own.store(shuffled, ROSTER)
                        .thenCompose(
                            stored -> own.commitment(own.pseudonym(IdType.OTHER, "race7"), "R1"))
                        .toCompletableFuture();
                  })
              .toList();
      Set<String> commitments = new HashSet<>();
      racing.forEach(one -> commitments.add(one.join()));
      assertEquals(1, commitments.size());
    }
  }

  @Test
  void aCommitmentIsTheHashTheReceiptPaperGives() throws SQLException {
    PersonPseudonym person = stored(new Identity(IdType.OTHER, "commitment", "A"));
    byte[] wrapping = Arrays.copyOf(OURS.subKey("wrap"), 16);
    byte[] personKey = Gm.open(wrapping, wrappedKey(person), Gm.utf8(person.value())).orElseThrow();
    byte[] salt = Arrays.copyOf(Gm.hmacSm3(personKey, Gm.utf8("01RECEIPT")), 16);
    String expected =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(Gm.sm3(new byte[] {2}, salt, Gm.utf8(person.value())));
    assertEquals(expected, joined(vault.commitment(person, "01RECEIPT")));
  }

  @Test
  void commitmentsDifferByReceiptAndByPersonSoThatNoneCanBeLinked() {
    List<PersonPseudonym> people = people(vault.store(people("linked", 20), ROSTER));
    Set<String> all = new HashSet<>();
    for (PersonPseudonym person : people) {
      for (int receipt = 0; receipt < 20; receipt++) {
        all.add(joined(vault.commitment(person, "R" + receipt)));
      }
    }
    assertEquals(400, all.size());
  }

  @Test
  void aPersonJustStoredOrOnceReadCostsNoQuery() {
    PersonPseudonym person = stored(new Identity(IdType.OTHER, "cached", "A"));
    Vault restarted = vault(OURS);
    String commitment = joined(restarted.commitment(person, "R1"));
    int before = POOL.taken.get();
    assertEquals(commitment, joined(vault.commitment(person, "R1")));
    assertNotEquals(commitment, joined(restarted.commitment(person, "R2")));
    assertEquals(before, POOL.taken.get());
    time.advance(SETTINGS.keysCachedFor());
    assertEquals(commitment, joined(restarted.commitment(person, "R1")));
    assertEquals(before + 1, POOL.taken.get());
  }

  @Test
  void aPersonNotInTheVaultHasNoCommitment() {
    var unknown = vault.pseudonym(IdType.OTHER, "nobody");
    assertThrows(CompletionException.class, () -> joined(vault.commitment(unknown, "R1")));
  }

  @Test
  void withoutTheDatabaseTheVaultFailsAndCachesNothingUnstored() {
    POOL.away = true;
    try {
      assertThrows(
          CompletionException.class, () -> stored(new Identity(IdType.OTHER, "away", "A")));
    } finally {
      POOL.away = false;
    }
    var person = vault.pseudonym(IdType.OTHER, "away");
    assertThrows(CompletionException.class, () -> joined(vault.commitment(person, "R1")));
  }

  @Test
  void anExecutorThatRefusesIsAFailedStage() {
    var refusing =
        new Vault(
            OURS,
            POOL,
            work -> {
              throw new RejectedExecutionException("full");
            },
            SETTINGS);
    var person = List.of(new Identity(IdType.OTHER, "refused", "A"));
    assertThrows(CompletionException.class, () -> joined(refusing.store(person, ROSTER)));
  }

  @Test
  void underAnotherDeploymentKeyNothingOpens() {
    PersonPseudonym person = stored(new Identity(IdType.OTHER, "rewrapped", "A"));
    Vault stranger = vault(OTHER);
    assertThrows(CompletionException.class, () -> joined(stranger.commitment(person, "R1")));
    assertThrows(CompletionException.class, () -> revealed(stranger, person));
    assertThrows(CompletionException.class, () -> joined(stranger.checkKey()));
    joined(vault.checkKey());
  }

  @Test
  void aWrappedKeyMovedToAnotherPersonDoesNotOpen() throws SQLException {
    PersonPseudonym one = stored(new Identity(IdType.OTHER, "moved1", "A"));
    PersonPseudonym other = stored(new Identity(IdType.OTHER, "moved2", "B"));
    copy("wrapped_key", one, "wrapped_key", other);
    assertThrows(CompletionException.class, () -> joined(vault(OURS).commitment(other, "R1")));
    POOL.update("DELETE FROM vault_person WHERE pseudonym = '" + other.value() + "'");
  }

  @Test
  void fieldsExchangedWithinARowDoNotOpen() throws SQLException {
    PersonPseudonym person = stored(new Identity(IdType.OTHER, "exchanged", "A"));
    copy("name_ct", person, "number_ct", person);
    assertThrows(CompletionException.class, () -> revealed(vault, person));
  }

  @Test
  void anAlteredIdTypeIsDetectedThoughItIsNotEncrypted() throws SQLException {
    PersonPseudonym person = stored(new Identity(IdType.OTHER, "retyped", "A"));
    POOL.update(
        "UPDATE vault_person SET id_type = 'citizen_id' WHERE pseudonym = '"
            + person.value()
            + "'");
    assertThrows(CompletionException.class, () -> revealed(vault, person));
  }

  @Test
  void settingsOutOfBoundsAreRefused() {
    Duration second = Duration.ofSeconds(1);
    assertThrows(IllegalArgumentException.class, () -> new VaultSettings(0, second, 1));
    assertThrows(IllegalArgumentException.class, () -> new VaultSettings(1, second, 0));
    assertThrows(IllegalArgumentException.class, () -> new VaultSettings(1, Duration.ZERO, 1));
  }

  private void assertUnspoken(List<Identity> people) {
    var failure =
        assertThrows(CompletionException.class, () -> people(vault.store(people, ROSTER)));
    Throwable cause = assertInstanceOf(IllegalArgumentException.class, failure.getCause());
    assertEquals("too many people at once, or one without name or number", cause.getMessage());
  }

  private PersonPseudonym stored(Identity person) {
    return joined(vault.store(List.of(person), ROSTER)).getFirst().person();
  }

  private static List<PersonPseudonym> people(CompletionStage<List<People.Stored>> stored) {
    return joined(stored).stream().map(People.Stored::person).toList();
  }

  private static Optional<Identity> revealed(Vault vault, PersonPseudonym person) {
    return Optional.ofNullable(joined(vault.identities(List.of(person), CLASS)).get(person));
  }

  private Vault vault(DeploymentKey key) {
    return new Vault(key, POOL, Runnable::run, SETTINGS, time);
  }

  private static List<Identity> people(String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Identity(IdType.OTHER, prefix + i, "Name " + i))
        .toList();
  }

  private static void copy(String from, PersonPseudonym one, String to, PersonPseudonym other)
      throws SQLException {
    assertEquals(
        1,
        POOL.update(
            "UPDATE vault_person SET %s = (SELECT %s FROM vault_person WHERE pseudonym = '%s')"
                    .formatted(to, from, one.value())
                + " WHERE pseudonym = '"
                + other.value()
                + "'"));
  }

  private static byte[] wrappedKey(PersonPseudonym person) throws SQLException {
    try (var connection = POOL.getConnection();
        var select =
            connection.prepareStatement(
                "SELECT wrapped_key FROM vault_person WHERE pseudonym = ?")) {
      select.setString(1, person.value());
      try (var row = select.executeQuery()) {
        assertTrue(row.next());
        return row.getBytes(1);
      }
    }
  }

  private static <T> T joined(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
