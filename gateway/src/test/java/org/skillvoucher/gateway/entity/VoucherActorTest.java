package org.skillvoucher.gateway.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.OccupationCode;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.policy.VoucherRules;
import org.skillvoucher.domain.voucher.BindingClass;
import org.skillvoucher.domain.voucher.VoucherCommand;
import org.skillvoucher.domain.voucher.VoucherEvent;
import org.skillvoucher.domain.voucher.VoucherRefusal;
import org.skillvoucher.domain.voucher.VoucherState;
import org.skillvoucher.domain.voucher.VoucherTerms;
import org.skillvoucher.gateway.journal.snapshot.Versioned;

class VoucherActorTest {
  private static final ActorTestKit KIT = ActorTestKit.create("voucher-actor", ActorKit.CONFIG);
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final VoucherTerms TERMS =
      new VoucherTerms(
          ClassStory.person(1),
          new RegionCode("990000"),
          new OccupationCode("4-10-01-05"),
          5,
          NOW.plus(Duration.ofDays(30)));
  private static final VoucherCommand ISSUE =
      new VoucherCommand.Issue(TERMS, new VoucherRules("990000/2025-01-01", 90), NOW);

  private final EventSourcedBehaviorTestKit<
          VoucherActor.Request, VoucherEvent, Versioned<VoucherState>>
      voucher =
          EventSourcedBehaviorTestKit.create(
              KIT.system(),
              VoucherActor.create(new VoucherId("V1"), ActorKit.SETTINGS),
              EventSourcedBehaviorTestKit.enabledSerializationSettings().withVerifyEquality(true));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private EventSourcedBehaviorTestKit.CommandResultWithReply<
          VoucherActor.Request, VoucherEvent, Versioned<VoucherState>, Vouchers.Answer>
      send(VoucherCommand command) {
    return voucher.runCommand(
        replyTo -> new VoucherActor.Request.Decide(command, Actor.GATEWAY, replyTo));
  }

  @Test
  void anIssuedVoucherIsThereAfterARestart() {
    assertEquals(new VoucherEvent.Issued(TERMS, NOW).by(Actor.GATEWAY), send(ISSUE).event());
    assertEquals(
        new Versioned<VoucherState>(1, new VoucherState.Issued(TERMS)), voucher.restart().state());
  }

  @Test
  void theSameCommandAgainWritesNothing() {
    send(ISSUE);
    var again = send(ISSUE);
    assertTrue(again.hasNoEvents());
    assertEquals(new Vouchers.Answer.Done(new VoucherState.Issued(TERMS), false), again.reply());
  }

  @Test
  void aRefusalIsRepliedAndNotPersisted() {
    var refused = send(new VoucherCommand.Claim(ClassStory.person(1), NOW));
    assertTrue(refused.hasNoEvents());
    assertEquals(new Vouchers.Answer.Refused(new VoucherRefusal.NotIssued()), refused.reply());
  }

  @Test
  void aBindingIsDecidedByTheFactsOfTheClassAndLapsesWithIt() {
    send(ISSUE);
    send(new VoucherCommand.Claim(ClassStory.person(1), NOW));
    assertEquals(
        new Vouchers.Answer.Refused(new VoucherRefusal.OutOfScope("4-10-01-05/5", "4-10-01-05/4")),
        send(new VoucherCommand.Bind(to(4), NOW)).reply());
    assertEquals(
        new VoucherEvent.Bound(new ClassId("C1"), ClassStory.person(1), NOW).by(Actor.GATEWAY),
        send(new VoucherCommand.Bind(to(5), NOW)).event());
    var lapse = new VoucherCommand.Lapse(new ClassId("C1"), "not_completed", NOW);
    assertEquals(
        new VoucherEvent.Lapsed("not_completed", NOW).by(Actor.GATEWAY), send(lapse).event());
    assertTrue(send(lapse).hasNoEvents());
    assertEquals(
        new Versioned<VoucherState>(
            4, new VoucherState.Lapsed(TERMS, new ClassId("C1"), "not_completed")),
        voucher.restart().state());
  }

  private static BindingClass to(int level) {
    return new BindingClass(
        new ClassId("C1"),
        "approved",
        new OccupationCode("4-10-01-05"),
        level,
        new RegionCode("990101"),
        new CreditCode("52990101MA00XY0180"),
        true);
  }
}
