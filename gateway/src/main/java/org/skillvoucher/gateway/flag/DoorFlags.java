package org.skillvoucher.gateway.flag;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.policy.DoorRules;
import org.skillvoucher.domain.policy.FlagKind;
import org.skillvoucher.domain.policy.VoucherAtDoor;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.flag.FlagAssessment.Subject;

/** Assesses how a recorded scan was made: by whom vouched, where, and with which voucher. */
final class DoorFlags {
  private final TapObservations observations;

  DoorFlags(TapObservations observations) {
    this.observations = observations;
  }

  static List<FlagAssessment> after(
      Connection connection, FlagClass here, ClassEvent.Attended event) throws SQLException {
    List<FlagAssessment> found = new ArrayList<>();
    noVoucher(here, event).ifPresent(found::add);
    Optional<PersonPseudonym> witness = event.circumstances().flatMap(Circumstances::witness);
    if (witness.isPresent()) {
      found.addAll(vouched(connection, here, event, witness.get().value()));
    }
    return found;
  }

  /** 无券签到: where the region records such a scan and looks at it. */
  private static Optional<FlagAssessment> noVoucher(FlagClass here, ClassEvent.Attended event) {
    String person = event.scan().person().value();
    String lesson = event.scan().lesson().value();
    boolean wanted =
        here.rules().doorRules().voucher() == VoucherAtDoor.FLAGGED
            && event.voucher().isEmpty()
            && event.scan().act() == Act.IN
            && !here.teachers().contains(person);
    Instant at = Instant.ofEpochMilli(event.scan().statement().tappedAt().toEpochMilli());
    return wanted
        ? Optional.of(
            new FlagAssessment(
                FlagKind.NO_VOUCHER,
                here,
                Subject.person(lesson, person),
                lesson + "/" + person,
                Map.of("tappedAt", at.toString()),
                at,
                true))
        : Optional.empty();
  }

  /** 见证过多: of one witness in a lesson, and of one person in the class. */
  private static List<FlagAssessment> vouched(
      Connection connection, FlagClass here, ClassEvent.Attended event, String witness)
      throws SQLException {
    String lesson = event.scan().lesson().value();
    String person = event.scan().person().value();
    Sql.update(
        connection,
        """
        INSERT INTO assisted_sign_in (class_id, lesson, person, witness, tapped_at)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (class_id, lesson, person, witness)
          DO UPDATE SET tapped_at = least(assisted_sign_in.tapped_at, excluded.tapped_at)""",
        here.id(),
        lesson,
        person,
        witness,
        event.scan().statement().tappedAt().toEpochMilli());
    DoorRules rules = here.rules().doorRules();
    List<Long> ofWitness =
        times(
            connection,
            "SELECT min(tapped_at) FROM assisted_sign_in"
                + " WHERE class_id = ? AND lesson = ? AND witness = ? GROUP BY person ORDER BY 1",
            here.id(),
            lesson,
            witness);
    List<Long> ofPerson =
        times(
            connection,
            "SELECT min(tapped_at) FROM assisted_sign_in"
                + " WHERE class_id = ? AND person = ? GROUP BY lesson ORDER BY 1",
            here.id(),
            person);
    List<FlagAssessment> found = new ArrayList<>();
    int vouchesMax = rules.witnessVouchesMax();
    if (ofWitness.size() > vouchesMax) {
      found.add(
          overused(
              here,
              Subject.person(lesson, witness),
              "witness/" + lesson + "/" + witness,
              Map.of("people", ofWitness.size(), "witnessVouchesMax", vouchesMax),
              ofWitness.get(vouchesMax)));
    }
    int lessonsMax = rules.witnessPerPersonMax();
    if (ofPerson.size() > lessonsMax) {
      found.add(
          overused(
              here,
              Subject.person(person),
              "person/" + person,
              Map.of("lessons", ofPerson.size(), "witnessPerPersonMax", lessonsMax),
              ofPerson.get(lessonsMax)));
    }
    return found;
  }

  private static List<Long> times(Connection connection, String sql, Object... parameters)
      throws SQLException {
    return Sql.query(connection, sql, row -> row.getLong(1), parameters);
  }

  private static FlagAssessment overused(
      FlagClass here, Subject subject, String key, Map<String, ?> facts, long at) {
    return new FlagAssessment(
        FlagKind.WITNESS_OVERUSED, here, subject, key, facts, Instant.ofEpochMilli(at), true);
  }

  /**
   * 异地设备: for each device of the lesson whether it is at another site than the filed one, or else
   * than the lesson's first tap; dated by its own first tap.
   */
  List<FlagAssessment> offVenue(Connection connection, FlagClass here, TapObservation tap)
      throws SQLException {
    List<TapObservation> taps = observations.ofDevices(connection, tap.ofLesson());
    boolean atOneSite = taps.stream().map(TapObservation::site).distinct().limit(2).count() < 2;
    if (taps.isEmpty() || (atOneSite && here.site().isEmpty())) {
      return List.of();
    }
    List<TapObservation> inOrder =
        taps.stream()
            .sorted(
                Comparator.comparingLong(TapObservation::tappedMillis)
                    .thenComparing(one -> one.record().statement()))
            .toList();
    String expected =
        here.site()
            .map(site -> here.institution() + "/" + site)
            .orElseGet(() -> siteOf(inOrder.getFirst()));
    Map<String, TapObservation> firsts = new LinkedHashMap<>();
    inOrder.forEach(one -> firsts.putIfAbsent(one.device().orElseThrow(), one));
    return firsts.entrySet().stream()
        .map(device -> offVenue(here, device.getKey(), device.getValue(), expected))
        .toList();
  }

  private static FlagAssessment offVenue(
      FlagClass here, String device, TapObservation first, String expected) {
    Instant at = first.tappedAt().orElseThrow();
    return new FlagAssessment(
        FlagKind.DEVICE_OFF_VENUE,
        here,
        Subject.device(first.lesson(), device),
        first.lesson() + "/" + device,
        Map.of("site", siteOf(first), "expectedSite", expected, "firstTappedAt", at.toString()),
        at,
        !siteOf(first).equals(expected));
  }

  private static String siteOf(TapObservation tap) {
    return tap.site().orElseThrow();
  }
}
