package org.skillvoucher.gateway.journal.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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
import org.skillvoucher.domain.scan.Circumstances.Offline;
import org.skillvoucher.domain.scan.Circumstances.RoomCodeUse;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.Scan.Fingerprint;
import org.skillvoucher.domain.scan.Verification;
import org.skillvoucher.domain.trainingclass.ClassEvent.Attended;

/** What is read the short way is what Jackson reads, and what is not, Jackson reads. */
class AttendedEventDecoderTest {
  private static final int RUNS = 400;
  private static final List<String> PLAIN =
      List.of("", "S1", "DABCD0123456789X-1", "a/b+c=", "x".repeat(900));
  private static final List<String> ODD =
      List.of("{\"", "say \"in\"", "back\\slash", "东区", "tab\t");

  private static Attended attended(Random random, List<String> texts) {
    var statement =
        new DeviceStatement(
            any(random, texts),
            number(random),
            number(random),
            instant(random),
            number(random),
            any(random, texts),
            any(random, texts),
            any(random, texts),
            any(random, texts),
            any(random, texts),
            random.nextBoolean()
                ? Optional.empty()
                : Optional.of(
                    new Signed(any(random, List.of(DeviceSuite.values())), any(random, texts))));
    return new Attended(
        new Scan(
            person(random),
            new LessonId("D" + random.nextInt(99) + "-AM"),
            any(random, List.of(Act.IN, Act.OUT, Act.CHECK)),
            new Fingerprint(random.nextLong()),
            new Fingerprint(random.nextLong()),
            statement),
        random.nextBoolean(),
        any(random, texts),
        new Verification(
            any(random, texts), any(random, texts), any(random, texts), random.nextBoolean()),
        new SealedReceipt(
            any(random, texts),
            number(random),
            any(random, texts),
            any(random, texts),
            number(random)),
        instant(random),
        random.nextInt(4) == 0 ? Optional.empty() : Optional.of(circumstances(random, texts)));
  }

  private static Circumstances circumstances(Random random, List<String> texts) {
    return new Circumstances(
        any(random, texts),
        any(random, texts),
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(
                new Offline(
                    random.nextBoolean() ? Optional.empty() : Optional.of(instant(random)),
                    instant(random))),
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(new RoomCodeUse(number(random), new Fingerprint(random.nextLong()))),
        random.nextBoolean() ? Optional.empty() : Optional.of(person(random)));
  }

  private static <T> T any(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static PersonPseudonym person(Random random) {
    return new PersonPseudonym("%043d".formatted(random.nextInt(50)));
  }

  private static long number(Random random) {
    return random.nextInt(3) == 0 ? random.nextInt(3) - 1 : random.nextLong(1L << 53);
  }

  /** With no fraction of a second, with three digits of it, six or nine. */
  private static Instant instant(Random random) {
    long fraction = any(random, List.of(0L, 1_000_000L, 1_000L, 1L)) * random.nextInt(1_000);
    return Instant.ofEpochSecond(random.nextLong(4_000_000_000L), fraction);
  }

  private static byte[] written(Attended event) throws IOException {
    return JournalJson.mapper().writeValueAsBytes(event);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whateverPlainEventIsWrittenIsReadTheShortWayAsItWas(long seed) throws IOException {
    var random = new Random(seed);
    for (int run = 0; run < RUNS; run++) {
      Attended event = attended(random, PLAIN);
      assertEquals(Optional.of(event), AttendedEventDecoder.read(written(event)), "run " + run);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anEventWithTextsOfAnyKindIsReadAsItWas(long seed) throws IOException {
    var random = new Random(seed);
    List<String> texts = Stream.of(PLAIN, ODD).flatMap(List::stream).toList();
    for (int run = 0; run < RUNS; run++) {
      Attended event = attended(random, texts);
      assertEquals(event, EventSerializer.read("class.attended/1", written(event)), "run " + run);
    }
  }

  /** The short way takes nothing that Jackson would read as something else, or refuse. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anEventWithOneOtherLetterIsReadByBothAlikeOrNotTheShortWay(long seed) throws IOException {
    var random = new Random(seed);
    for (int run = 0; run < 20 * RUNS; run++) {
      byte[] altered = written(attended(random, List.of("", "S1", "0")));
      altered[random.nextInt(altered.length)] = (byte) (' ' + random.nextInt(95));
      Optional<Attended> read = AttendedEventDecoder.read(altered);
      if (read.isPresent()) {
        assertEquals(
            JournalJson.mapper().readValue(altered, Attended.class),
            read.get(),
            () -> new String(altered, StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void anEventWithAByteThatIsNoLetterIsLeftToJackson() throws IOException {
    byte[] altered = written(attended(new Random(1), List.of("S1")));
    altered[new String(altered, StandardCharsets.US_ASCII).indexOf("S1")] = (byte) 0x80;
    assertEquals(Optional.empty(), AttendedEventDecoder.read(altered));
  }

  @Test
  void anEventThatWasCutShortIsRefused() throws IOException {
    byte[] whole = written(attended(new Random(1), List.of("S1")));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertEquals(Optional.empty(), AttendedEventDecoder.read(cut));
      assertThrows(IOException.class, () -> EventSerializer.read("class.attended/1", cut));
    }
  }
}
