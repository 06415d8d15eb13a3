package org.skillvoucher.gateway.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.gateway.device.RoomCodes.Reading;
import org.skillvoucher.gateway.device.RoomCodes.RoomCode;
import org.skillvoucher.gateway.security.DeploymentKey;
import org.skillvoucher.gateway.security.DeploymentKeyedHash;

class RoomCodesTest {
  private static final ClassId CLASS = new ClassId("C0123456789ABCDEF");
  private static final LessonId LESSON = new LessonId("L.01");
  private static final String DEVICE = "DABCD0123456789X-1";

  /** A code is shown from here until five seconds later. */
  private static final Instant SHOWN = Instant.parse("2026-03-02T01:00:00Z");

  private static final RoomCodes CODES = codes((byte) 1);

  private static RoomCodes codes(byte key) {
    byte[] secret = new byte[32];
    secret[0] = key;
    return new RoomCodes(new DeploymentKeyedHash(new DeploymentKey(secret)));
  }

  private static String code() {
    return CODES.codes(CLASS, LESSON, DEVICE, SHOWN, 1).getFirst().code();
  }

  @Test
  void aCodeHoldsLessonDeviceAndTime() {
    var read = assertInstanceOf(Reading.Valid.class, CODES.read(code(), CLASS, SHOWN));
    assertEquals(LESSON, read.lesson());
    assertEquals(DEVICE, read.device());
    assertEquals(SHOWN.toEpochMilli() / 5_000, read.step());
  }

  @ParameterizedTest
  @CsvSource({
    "-1, INVALID", // not shown yet
    "0, VALID",
    "4999, VALID",
    "5000, VALID", // the one before is accepted too
    "9999, VALID",
    "10000, EXPIRED",
    "3600000, EXPIRED"
  })
  void aCodeIsAcceptedWhileItIsShownAndOnePeriodMore(long millis, String reading) {
    String read =
        switch (CODES.read(code(), CLASS, SHOWN.plusMillis(millis))) {
          case Reading.Valid valid -> "VALID";
          case Reading.Expired expired -> "EXPIRED";
          case Reading.Invalid invalid -> "INVALID";
        };
    assertEquals(reading, read);
  }

  @Test
  void aMinuteOfCodesFollowsWithoutGapsAndEachIsReadAsItsOwnStep() {
    List<RoomCode> minute = CODES.codes(CLASS, LESSON, DEVICE, SHOWN.plusMillis(1_700), 12);
    assertEquals(12, minute.stream().map(RoomCode::code).distinct().count());
    Instant from = SHOWN;
    for (RoomCode code : minute) {
      assertEquals(from, code.shownFrom());
      assertEquals(from.plus(RoomCodes.PERIOD), code.shownUntil());
      var read = CODES.read(code.code(), CLASS, code.shownFrom().plus(Duration.ofSeconds(2)));
      assertEquals(from.toEpochMilli() / 5_000, ((Reading.Valid) read).step());
      from = code.shownUntil();
    }
  }

  @Test
  void everyAlteredCharacterMakesItInvalid() {
    String code = code();
    for (int i = 0; i < code.length(); i++) {
      char other = code.charAt(i) == 'A' ? 'B' : 'A';
      // Two bits of the last base64 character are unused; codes are compared as text.
      String altered = code.substring(0, i) + other + code.substring(i + 1);
      assertEquals(new Reading.Invalid(), CODES.read(altered, CLASS, SHOWN), altered);
    }
  }

  @Test
  void aCodeMovedToAnotherPlaceOrTimeIsInvalid() {
    String[] parts = code().split(":");
    for (int part = 1; part < 5; part++) {
      for (String other : List.of("C1", "L.02", "DABCD0123456789X-2", "0", "zzzzzzzzzzzz")) {
        String[] moved = parts.clone();
        moved[part] = other;
        assertEquals(
            new Reading.Invalid(), CODES.read(String.join(":", moved), CLASS, SHOWN), other);
      }
    }
  }

  @Test
  void aCodeOfAnotherClassIsInvalid() {
    assertEquals(new Reading.Invalid(), CODES.read(code(), new ClassId("C2"), SHOWN));
  }

  @Test
  void aCodeOfAnotherDeploymentIsInvalid() {
    RoomCodes others = codes((byte) 2);
    assertEquals(new Reading.Invalid(), others.read(code(), CLASS, SHOWN));
    assertNotEquals(code(), others.codes(CLASS, LESSON, DEVICE, SHOWN, 1).getFirst().code());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "VRC1",
        "VRC1:::::",
        "VRC2:C1:L1:D1:0:AAAAAAAAAAAAAAAAAAAAAA",
        "https://e"
      })
  void whatHasNotTheShapeIsInvalid(String text) {
    assertEquals(new Reading.Invalid(), CODES.read(text, CLASS, SHOWN));
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\n", "x", ":x", "="})
  void nothingMayPrecedeOrFollowIt(String more) {
    assertEquals(new Reading.Invalid(), CODES.read(more + code(), CLASS, SHOWN));
    assertEquals(new Reading.Invalid(), CODES.read(code() + more, CLASS, SHOWN));
  }

  @Test
  void aCodeFitsIntoASmallQrCode() {
    assertTrue(code().length() <= 120, code());
  }
}
