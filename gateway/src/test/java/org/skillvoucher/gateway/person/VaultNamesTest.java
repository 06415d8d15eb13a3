package org.skillvoucher.gateway.person;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.gateway.journal.Eventually;
import org.skillvoucher.gateway.security.CountingDataSource;
import org.skillvoucher.gateway.security.DeploymentKey;
import org.skillvoucher.gateway.security.Gm;

/** Whose names a reader sees: those of two classes of two institutions. */
class VaultNamesTest {
  private static final CountingDataSource POOL = new CountingDataSource();
  private static final ClassId OURS = new ClassId("C-ours");
  private static final ClassId THEIRS = new ClassId("C-theirs");
  private static final NameSource OUR_ROSTER = NameSource.roster(OURS);
  private static final NameSource THEIR_ROSTER = NameSource.roster(THEIRS);
  private static final NameSource AUTHORITY = NameSource.authority(new RegionCode("990000"));

  private final Vault vault =
      new Vault(
          new DeploymentKey(Gm.random(32)),
          POOL,
          Runnable::run,
          new VaultSettings(100, Duration.ofMinutes(1), 100));

  @AfterAll
  static void close() {
    POOL.close();
  }

  @Test
  void aNumberBuysNoName() {
    PersonPseudonym person = brought(OUR_ROSTER, "n1", "王小明").person();
    assertFalse(brought(THEIR_ROSTER, "n1", "某某").nameDiffers());
    assertEquals("王小明", name(person, OURS));
    assertEquals("某某", name(person, THEIRS));
    assertEquals("", name(person, new ClassId("C-third")));
  }

  @Test
  void aNameThatDiffersFromTheAuthoritysIsReportedAndStaysHidden() {
    PersonPseudonym person = brought(AUTHORITY, "n2", "王小明").person();
    assertFalse(brought(OUR_ROSTER, "n2", "王小明").nameDiffers());
    assertTrue(brought(THEIR_ROSTER, "n2", "王晓明").nameDiffers());
    assertEquals("王晓明", name(person, THEIRS));
  }

  @Test
  void capitalsAndSeveralSpacesMakeNoOtherName() {
    brought(AUTHORITY, "n3", "SMITH JOHN");
    assertFalse(brought(OUR_ROSTER, "n3", "Smith  John").nameDiffers());
    assertTrue(brought(THEIR_ROSTER, "n3", "SMITHJOHN").nameDiffers());
  }

  @Test
  void aNameBroughtAgainDifferentlyIsReportedAndDoesNotReplaceTheFirst() {
    PersonPseudonym person = brought(OUR_ROSTER, "n4", "王小明").person();
    assertTrue(brought(OUR_ROSTER, "n4", "王大明").nameDiffers());
    assertEquals("王小明", name(person, OURS));
  }

  @Test
  void aCardVerifiedInAClassPrevailsThereAndNowhereElse() throws Exception {
    PersonPseudonym person = brought(OUR_ROSTER, "n5", "王晓明").person();
    brought(THEIR_ROSTER, "n5", "某某");
    confirmed(person, "王小明");
    assertEquals("某某", name(person, THEIRS));
    assertTrue(brought(NameSource.roster(new ClassId("C5")), "n5", "王晓明").nameDiffers());
    assertFalse(brought(NameSource.roster(new ClassId("C6")), "n5", "王小明").nameDiffers());
  }

  @Test
  void aCardPrevailsOverTheAuthoritysList() throws Exception {
    PersonPseudonym person = brought(AUTHORITY, "n6", "王晓明").person();
    brought(OUR_ROSTER, "n6", "王小明");
    confirmed(person, "王小明");
    assertTrue(brought(NameSource.roster(new ClassId("C7")), "n6", "王晓明").nameDiffers());
    assertFalse(brought(NameSource.roster(new ClassId("C8")), "n6", "王小明").nameDiffers());
  }

  @Test
  void aNameConfirmedBeforeIsNotWrittenAgain() throws Exception {
    PersonPseudonym person = brought(OUR_ROSTER, "n7", "王小明").person();
    confirmed(person, "王小明");
    String rows = POOL.dump();
    vault.confirmName(person, OURS, "王小明");
    PersonPseudonym later = brought(OUR_ROSTER, "n7b", "李四").person();
    confirmed(later, "李四");
    assertTrue(
        POOL.dump().contains(rows.lines().filter(isCardOf(person)).findFirst().orElseThrow()));
  }

  @Test
  void aMendedNameIsThatClasssOnly() {
    PersonPseudonym person = brought(OUR_ROSTER, "n8", "王小明").person();
    brought(THEIR_ROSTER, "n8", "王小明");
    joined(vault.mendName(person, OURS, "王晓明"));
    assertEquals("王晓明", name(person, OURS));
    assertEquals("王小明", name(person, THEIRS));
  }

  @Test
  void aNameOfAnUnknownPersonIsNotMended() {
    PersonPseudonym unknown = vault.pseudonym(IdType.OTHER, "nobody");
    assertThrows(CompletionException.class, () -> joined(vault.mendName(unknown, OURS, "王小明")));
  }

  @Test
  void aClassWhoseRosterBroughtNoNameShowsNoneOfAnothers() throws SQLException {
    PersonPseudonym person = brought(OUR_ROSTER, "n9", "王小明").person();
    POOL.update("DELETE FROM vault_name WHERE pseudonym = '%s'".formatted(person.value()));
    assertEquals("", name(person, OURS));
    brought(OUR_ROSTER, "n9", "王晓明");
    assertEquals("王晓明", name(person, OURS));
  }

  @Test
  void ciphertextsOfTwoSourcesCannotBeExchanged() throws SQLException {
    PersonPseudonym person = brought(OUR_ROSTER, "n10", "王小明").person();
    brought(THEIR_ROSTER, "n10", "某某");
    POOL.update(
        """
        UPDATE vault_name SET name_ct =
          (SELECT name_ct FROM vault_name WHERE source = 'C-ours' AND pseudonym = '%1$s')
        WHERE source = 'C-theirs' AND pseudonym = '%1$s'"""
            .formatted(person.value()));
    assertThrows(CompletionException.class, () -> name(person, THEIRS));
    POOL.update("DELETE FROM vault_name WHERE pseudonym = '%s'".formatted(person.value()));
  }

  @Test
  void noTableShowsAName() throws Exception {
    PersonPseudonym person = brought(OUR_ROSTER, "n11", "欧阳测试").person();
    confirmed(person, "欧阳试测");
    String dump = POOL.dump().toLowerCase(Locale.ROOT);
    for (String name : List.of("欧阳测试", "欧阳试测")) {
      assertFalse(dump.contains(name));
      assertFalse(dump.contains(HexFormat.of().formatHex(Gm.utf8(name))));
    }
  }

  private void confirmed(PersonPseudonym person, String name) {
    vault.confirmName(person, OURS, name);
    Eventually.check(Duration.ofSeconds(30), "the card's name is written", () -> hasCard(person));
    assertEquals(name, name(person, OURS));
  }

  private static boolean hasCard(PersonPseudonym person) {
    try {
      return POOL.dump().lines().anyMatch(isCardOf(person));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static Predicate<String> isCardOf(PersonPseudonym person) {
    return row -> row.startsWith("vault_name(" + person.value() + ",card,");
  }

  private People.Stored brought(NameSource source, String number, String name) {
    return joined(vault.store(List.of(new People.Identity(IdType.OTHER, number, name)), source))
        .getFirst();
  }

  private String name(PersonPseudonym person, ClassId reader) {
    return Objects.requireNonNull(joined(vault.identities(List.of(person), reader)).get(person))
        .name();
  }

  private static <T> T joined(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
