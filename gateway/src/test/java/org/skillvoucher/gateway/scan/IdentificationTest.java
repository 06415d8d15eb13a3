package org.skillvoucher.gateway.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.Circumstances.RoomCodeUse;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.scan.Verification;
import org.skillvoucher.gateway.cardplatform.CardOutcome;
import org.skillvoucher.gateway.cardplatform.CardPlatform;
import org.skillvoucher.gateway.cardplatform.CardReading;
import org.skillvoucher.gateway.cardplatform.CodeOutcome;
import org.skillvoucher.gateway.entity.ClassStory;
import org.skillvoucher.gateway.person.NameSource;
import org.skillvoucher.gateway.person.People;
import org.skillvoucher.gateway.scan.Attempt.Presented;
import org.skillvoucher.gateway.scan.Identification.Identified;

class IdentificationTest {
  private static final Instant NOW = Instant.parse("2026-03-02T00:30:00Z");
  private static final CardReading CARD = new CardReading("code", "number", "card", "name");
  private static final PersonPseudonym ONE = ClassStory.person(1);
  private static final PersonPseudonym OTHER = ClassStory.person(2);

  private final Platform platform = new Platform();
  private final Vault vault = new Vault();
  private final Identification identification = new Identification(platform, vault, () -> NOW);

  /** Answers what the test sets, and records what it was asked. */
  private static final class Platform implements CardPlatform {
    private CompletionStage<CardOutcome> card =
        CompletableFuture.completedStage(new CardOutcome.Verified("ref"));
    private CompletionStage<CodeOutcome> code =
        CompletableFuture.completedStage(new CodeOutcome.Invalid());
    private final List<String> asked = new ArrayList<>();

    @Override
    public CompletionStage<CardOutcome> verifyCard(CardReading reading, String scanKey) {
      asked.add(scanKey);
      return card;
    }

    @Override
    public CompletionStage<CodeOutcome> resolveCode(String text, String scanKey) {
      asked.add(scanKey);
      return code;
    }
  }

  /** Knows one person; a commitment is readable. */
  private static final class Vault implements People {
    private final List<String> confirmed = new ArrayList<>();

    @Override
    public PersonPseudonym pseudonym(IdType type, String number) {
      return number.equals("one") ? ONE : OTHER;
    }

    @Override
    public CompletionStage<List<Stored>> store(List<Identity> people, NameSource source) {
      return CompletableFuture.failedStage(new IllegalStateException("nobody is stored here"));
    }

    @Override
    public CompletionStage<Void> mendName(PersonPseudonym person, ClassId classId, String name) {
      return CompletableFuture.failedStage(new IllegalStateException("no name is mended here"));
    }

    @Override
    public void confirmName(PersonPseudonym person, ClassId classId, String name) {
      confirmed.add(person + " is " + name + " in " + classId);
    }

    @Override
    public CompletionStage<String> commitment(PersonPseudonym person, String receiptId) {
      return CompletableFuture.completedStage(person + "/" + receiptId);
    }

    @Override
    public CompletionStage<Map<PersonPseudonym, Identity>> identities(
        Collection<PersonPseudonym> people, ClassId classId) {
      return CompletableFuture.completedStage(Map.of());
    }
  }

  private static Attempt attempt(Presented presented) {
    return new Attempt(
        ClassStory.CLASS,
        ClassStory.SCHOOL,
        ClassStory.received(0, Act.IN, "k1", DeviceStatement.unsigned("K1", NOW)),
        presented,
        "k1");
  }

  private Identified identify(Presented presented, boolean online) {
    return identification.identify(attempt(presented), online).toCompletableFuture().join();
  }

  @Test
  void aCardIdentifiesItsHolder() {
    assertEquals(
        new Identification.Person(
            ONE, Optional.empty(), new Verification("physical_card", "card_platform", "ref", true)),
        identify(new Presented.PhysicalCard(ONE, CARD), true));
    assertEquals(List.of("k1"), platform.asked, "the platform gets the scan's own key");
    assertEquals(List.of(ONE + " is name in " + ClassStory.CLASS), vault.confirmed);
  }

  @Test
  void aWitnessesCardIdentifiesTheAssistedPerson() {
    assertEquals(
        new Identification.Person(
            ONE, Optional.of(OTHER), new Verification("assisted", "witness", "ref", false)),
        identify(new Presented.Assisted(ONE, OTHER, CARD), false));
    assertEquals(List.of(), vault.confirmed, "a witness's card is not the assisted person's");
  }

  @Test
  void aCodeIdentifiesThePersonToWhomThePlatformResolvesIt() {
    platform.code =
        CompletableFuture.completedStage(
            new CodeOutcome.Resolved(IdType.CITIZEN_ID, "one", "name", "ref-2"));
    assertEquals(
        new Identification.Person(
            ONE,
            Optional.empty(),
            new Verification("personal_code", "card_platform", "ref-2", true)),
        identify(new Presented.PersonalCode("code"), true));
    assertEquals(List.of(ONE + " is name in " + ClassStory.CLASS), vault.confirmed);
  }

  @Test
  void aRoomCodeIdentifiesThePersonWhomThePlatformAuthenticated() {
    assertEquals(
        new Identification.Person(
            ONE, Optional.empty(), new Verification("room_code", "card_platform", "k1", true)),
        identify(new Presented.RoomCode(ONE, new RoomCodeUse(7, new Scan.Fingerprint(1))), true));
    assertEquals(List.of(), platform.asked);
  }

  @Test
  void whatThePlatformRefusesIdentifiesNobody() {
    platform.card = CompletableFuture.completedStage(new CardOutcome.NotActive());
    assertEquals(
        new ScanOutcome.CardRefused(new CardOutcome.NotActive()),
        identify(new Presented.PhysicalCard(ONE, CARD), true));
    for (CodeOutcome outcome :
        List.of(
            new CodeOutcome.Expired(), new CodeOutcome.AlreadyUsed(), new CodeOutcome.Invalid())) {
      platform.code = CompletableFuture.completedStage(outcome);
      assertEquals(
          new ScanOutcome.CodeRefused(outcome), identify(new Presented.PersonalCode("code"), true));
    }
    assertEquals(List.of(), vault.confirmed);
  }

  @Test
  void aTypedNumberIdentifiesNobodyWithoutAskingThePlatform() {
    assertEquals(
        new ScanOutcome.CardRefused(new CardOutcome.NotAuthentic()),
        identify(new Presented.TypedNumber(), true));
    assertEquals(List.of(), platform.asked);
  }

  @Test
  void aSilentPlatformFailsTheIdentification() {
    platform.card = CompletableFuture.failedStage(new CardPlatform.Silent("no answer"));
    var failed =
        assertThrows(
            CompletionException.class, () -> identify(new Presented.PhysicalCard(ONE, CARD), true));
    assertInstanceOf(CardPlatform.Silent.class, failed.getCause());
  }

  @Test
  void theCommandCommitsToThePersonUnderTheReceiptsOwnId() {
    Attempt attempt = attempt(new Presented.PhysicalCard(ONE, CARD));
    var person =
        new Identification.Person(
            ONE, Optional.empty(), new Verification("physical_card", "card_platform", "r", true));
    ScanCommand.RecordAttendance command =
        identification
            .command(
                attempt, person, Circumstances.online("S1", "R1"), Optional.of(NOW.plusSeconds(9)))
            .toCompletableFuture()
            .join();
    assertEquals(ONE + "/" + command.receiptId(), command.subject());
    assertEquals(26, command.receiptId().length());
    assertEquals(NOW, command.at());
    assertEquals(attempt.received(), command.received());
    assertEquals(Optional.of(NOW.plusSeconds(9)), command.institutionStoppedFrom());
  }
}
