package org.skillvoucher.gateway.journal.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.device.DeviceStatement.Signed;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.Circumstances.RoomCodeUse;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.Scan.Fingerprint;
import org.skillvoucher.domain.scan.Verification;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.ClassEvolution;
import org.skillvoucher.domain.trainingclass.ClassState;
import org.skillvoucher.gateway.journal.event.EventSerializer;
import org.skillvoucher.gateway.journal.event.Samples;
import org.skillvoucher.gateway.journal.snapshot.SnapshotSerializer;
import org.skillvoucher.gateway.journal.snapshot.Versioned;

/** A class that wakes is the one that fell asleep, whether it had a snapshot or not. */
class ReplayTest {
  private static final int RUNS = 60;
  private static final List<String> BEFORE =
      List.of(
          "class.filed/1+field",
          "class.approved/1",
          "class.enrolled/1",
          "class.scheduled/1",
          "class.voucher_admitted/1",
          "class.opened/1");
  private static final List<String> BETWEEN =
      List.of(
          "class.device_noted/1",
          "class.rescheduled/1",
          "class.spot_check_called/1",
          "class.correction_proposed/1",
          "class.set_aside/1",
          "class.voucher_withdrawn/1");

  private static List<ClassEvent> life(Random random) {
    List<ClassEvent> events = new ArrayList<>();
    BEFORE.forEach(name -> events.add((ClassEvent) Samples.event(name)));
    int scans = random.nextInt(80);
    for (int i = 1; i <= scans; i++) {
      events.add(attended(random, i));
      if (random.nextInt(6) == 0) {
        events.add((ClassEvent) Samples.event(BETWEEN.get(random.nextInt(BETWEEN.size()))));
      }
    }
    if (random.nextInt(4) == 0) {
      events.add((ClassEvent) Samples.event("class.closed/1"));
    }
    return events;
  }

  /** By one of three devices in turn or none, now and then again or out of order. */
  private static ClassEvent attended(Random random, int number) {
    boolean byPhone = random.nextInt(5) == 0;
    String device = "D" + random.nextInt(3) + "-1";
    var statement =
        byPhone
            ? DeviceStatement.unsigned(device, Samples.AT.plusMillis(number * 2_345L))
            : new DeviceStatement(
                device,
                random.nextInt(10) == 0 ? random.nextInt(99) : number,
                2,
                Samples.AT.plusMillis(number * 2_345L),
                1_500,
                "",
                "",
                "c".repeat(43),
                "h".repeat(43),
                "s".repeat(86),
                Optional.of(new Signed(DeviceSuite.SM2, "d".repeat(43))));
    return new ClassEvent.Attended(
        new Scan(
            new PersonPseudonym("%043d".formatted(random.nextInt(20))),
            new LessonId("L" + random.nextInt(3)),
            List.of(Act.IN, Act.OUT, Act.CHECK).get(random.nextInt(3)),
            new Fingerprint(random.nextLong()),
            new Fingerprint(random.nextLong()),
            statement),
        random.nextInt(5) == 0,
        "V" + number,
        new Verification("physical_card", "card_platform", "ref", true),
        new SealedReceipt("R" + number, number, "record", "h".repeat(43), number),
        Samples.AT.plusMillis(number * 2_400L),
        random.nextInt(5) == 0
            ? Optional.empty()
            : Optional.of(
                new Circumstances(
                    "S1",
                    "R1",
                    Optional.empty(),
                    byPhone
                        ? Optional.of(new RoomCodeUse(number, new Fingerprint(random.nextInt(9))))
                        : Optional.empty(),
                    Optional.empty())));
  }

  private static Versioned<ClassState> replayed(
      Versioned<ClassState> from, List<ClassEvent> events) {
    Versioned<ClassState> kept = from;
    for (ClassEvent event : events) {
      kept = kept.next(ClassEvolution.evolve(kept.state(), event, kept.revision() + 1));
    }
    return kept;
  }

  private static List<ClassEvent> readAgain(List<ClassEvent> events) throws IOException {
    var serializer = new EventSerializer();
    List<ClassEvent> again = new ArrayList<>();
    for (ClassEvent event : events) {
      again.add(
          (ClassEvent)
              serializer.fromBinary(serializer.toBinary(event), serializer.manifest(event)));
    }
    return again;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @SuppressWarnings("unchecked") // what the serializer gives back is what it was given
  void aSnapshotAndTheEventsAfterItAddUpToWhatAllEventsDo(long seed) throws IOException {
    var random = new Random(seed);
    var serializer = new SnapshotSerializer();
    var unborn = new Versioned<>(0, ClassState.initial());
    for (int run = 0; run < RUNS; run++) {
      List<ClassEvent> events = life(random);
      int cut = random.nextInt(events.size() + 1);
      Versioned<ClassState> before = replayed(unborn, events.subList(0, cut));
      var snapshot =
          (Versioned<ClassState>)
              serializer.fromBinary(serializer.toBinary(before), serializer.manifest(before));
      List<ClassEvent> journal = readAgain(events);

      assertEquals(events, journal, "seed " + seed + ", run " + run);
      Versioned<ClassState> woken = replayed(snapshot, journal.subList(cut, events.size()));
      assertEquals(replayed(unborn, journal), woken, "seed " + seed + ", run " + run);
    }
  }
}
