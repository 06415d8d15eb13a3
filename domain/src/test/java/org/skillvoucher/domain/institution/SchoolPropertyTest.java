package org.skillvoucher.domain.institution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skillvoucher.domain.Samples.NINE;
import static org.skillvoucher.domain.institution.Schools.UNKNOWN;
import static org.skillvoucher.domain.institution.Schools.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.institution.Device.SigningKey;
import org.skillvoucher.domain.institution.InstitutionState.Admitted;

/** Whatever is asked of an institution in whatever order, these hold of it and of its devices. */
final class SchoolPropertyTest {
  private static final List<StopReason> REASONS = List.of(StopReason.values());

  /** What may be asked. */
  enum Ask {
    ADMIT,
    SUSPEND,
    REINSTATE,
    EXIT,
    PUT_SITE,
    INVITE,
    INVITE_AS_BEFORE,
    ENROL,
    ENROL_UNDER_AN_OLD_NAME,
    SUSPEND_DEVICE,
    REINSTATE_DEVICE,
    REVOKE_DEVICE
  }

  /**
   * One request, so many hours after the one before; the number picks a device, a key, a reason.
   */
  record Step(Ask ask, int number, int hoursLater) {}

  private static List<InstitutionEvent> play(List<Step> steps, int times) {
    return run(steps, times).events();
  }

  private static SchoolRun run(List<Step> steps, int times) {
    SchoolRun school = new SchoolRun(UNKNOWN);
    school.send(new InstitutionCommand.Admit(admission(2025), "token-1", NINE));
    Instant now = NINE;
    int invitations = 0;
    for (Step step : steps) {
      now = now.plus(Duration.ofHours(step.hoursLater()));
      invitations += step.ask() == Ask.INVITE ? 1 : 0;
      InstitutionCommand command = command(school.admitted(), step, invitations, now);
      for (int i = 0; i < times; i++) {
        school.send(command);
      }
    }
    return school;
  }

  private static InstitutionCommand command(
      Admitted school, Step step, int invitations, Instant now) {
    String device = "D" + step.number() % 2;
    return switch (step.ask()) {
      case ADMIT ->
          new InstitutionCommand.Admit(admission(2025 + step.number() % 2), "token-1", now);
      case SUSPEND ->
          new InstitutionCommand.Suspend(REASONS.get(step.number()), "笔录", now, "token-1", now);
      case REINSTATE -> new InstitutionCommand.Reinstate("整改完成", "token-1", now);
      case EXIT ->
          new InstitutionCommand.Exit(
              REASONS.get(step.number()),
              "笔录",
              now.plus(Duration.ofHours(step.number())),
              "token-1",
              now);
      case PUT_SITE -> new InstitutionCommand.PutSite(Schools.SITE, "token-1", now);
      case INVITE -> invite(device, invitations, now);
      case INVITE_AS_BEFORE -> invite(device, Math.max(1, invitations - 1), now);
      case ENROL -> enrol(school, device, 0, step.number(), now);
      case ENROL_UNDER_AN_OLD_NAME -> enrol(school, device, 1, step.number(), now);
      case SUSPEND_DEVICE -> new InstitutionCommand.SuspendDevice(device, "why", "token-1", now);
      case REINSTATE_DEVICE ->
          new InstitutionCommand.ReinstateDevice(device, "why", "token-1", now);
      case REVOKE_DEVICE -> new InstitutionCommand.RevokeDevice(device, "why", "token-1", now);
    };
  }

  /** The code of one invitation ends at the same time however often it is sent. */
  private static InstitutionCommand invite(String device, int number, Instant now) {
    return new InstitutionCommand.InviteDevice(
        device,
        "S1",
        "R1",
        "门口",
        Schools.invitation("code-" + number, NINE.plus(Duration.ofDays(number))),
        "token-1",
        now);
  }

  private static InstitutionCommand enrol(
      Admitted school, String id, int enrolmentsBack, int number, Instant now) {
    Optional<Device> device = Optional.ofNullable(school.devices().get(id));
    int enrolment = device.map(Device::enrolment).orElse(1) - enrolmentsBack;
    return new InstitutionCommand.EnrolDevice(
        id + "-" + enrolment,
        new SigningKey(DeviceSuite.P256, "key-" + number),
        device.flatMap(Device::invitation).map(Device.Invitation::tokenId).orElse("none"),
        now);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void whateverIsSentThreeTimesIsKeptOnce(@ForAll("stories") List<Step> story) {
    assertEquals(play(story, 1), play(story, 3));
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void anInstitutionReadFromItsEventsIsTheSame(@ForAll("stories") List<Step> story) {
    SchoolRun school = run(story, 1);
    InstitutionState read = UNKNOWN;
    for (InstitutionEvent event : school.events()) {
      read = InstitutionDecider.evolve(read, event);
    }

    assertEquals(school.admitted(), read);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void aDeviceIsTrustedUnderOneNameAtMostAndOnlyWithAKey(@ForAll("stories") List<Step> story) {
    Admitted school = run(story, 1).admitted();
    for (String id : school.devices().keySet()) {
      List<Device> trusted =
          IntStream.rangeClosed(1, 60)
              .mapToObj(number -> school.trusted(id + "-" + number))
              .flatMap(Optional::stream)
              .toList();
      assertTrue(trusted.size() <= 1);
      trusted.forEach(device -> assertTrue(device.key().isPresent()));
    }
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void oneNameHasOneKeyForEver(@ForAll("stories") List<Step> story) {
    Map<String, Integer> enrolments = new HashMap<>();
    Set<String> enrolled = new HashSet<>();
    for (InstitutionEvent event : run(story, 1).events()) {
      switch (event) {
        case InstitutionEvent.DeviceInvited invited ->
            assertEquals(
                enrolments.merge(invited.id(), 1, Integer::sum), (Integer) invited.enrolment());
        case InstitutionEvent.DeviceEnrolled(var id, var key, var at, var by) ->
            assertTrue(enrolled.add(id + "-" + enrolments.get(id)), "a second key for one name");
        default -> {}
      }
    }
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void whatIsStoppedStaysSoUntilItIsReinstatedOrAdmittedAnew(@ForAll("stories") List<Step> story) {
    InstitutionState state = UNKNOWN;
    Optional<Instant> before = Optional.empty();
    for (InstitutionEvent event : run(story, 1).events()) {
      state = InstitutionDecider.evolve(state, event);
      boolean freed =
          event instanceof InstitutionEvent.Reinstated
              || event instanceof InstitutionEvent.Admitted;
      Optional<Instant> now =
          switch (state) {
            case Admitted admitted -> admitted.stop().map(InstitutionState.Stop::from);
            case InstitutionState.Unknown unknown -> Optional.empty();
          };
      if (before.isPresent() && !freed) {
        assertTrue(!now.orElseThrow().isAfter(before.get()), "a stop was put off");
      }
      before = now;
    }
  }

  @Provide
  Arbitrary<List<Step>> stories() {
    return Combinators.combine(
            Arbitraries.of(Ask.values()),
            Arbitraries.integers().between(0, REASONS.size() - 1),
            Arbitraries.of(0, 0, 1, 20))
        .as(Step::new)
        .list()
        .ofMaxSize(40);
  }
}
