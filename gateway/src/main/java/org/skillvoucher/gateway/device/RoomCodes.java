package org.skillvoucher.gateway.device;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.gateway.security.KeyedHash;

/**
 * The codes a room shows (F2, 课堂码), a new one every five seconds. A code holds its class, lesson,
 * device and time with a keyed hash of them, so that none has to be stored.
 */
public final class RoomCodes {
  /** How long a code is shown. */
  public static final Duration PERIOD = Duration.ofSeconds(5);

  private static final String TYPE = "VRC1";
  private static final int MAC_BYTES = 16;

  /** No id has a colon. */
  private static final Pattern SHAPE =
      Pattern.compile(
          TYPE + ":([^:]{1,64}):([^:]{1,64}):([^:]{1,64}):([0-9a-z]{1,12}):([A-Za-z0-9_-]{22})");

  private final KeyedHash hash;

  public RoomCodes(KeyedHash hash) {
    this.hash = hash;
  }

  /**
   * One code.
   *
   * @param shownFrom inclusive
   * @param shownUntil exclusive; it is accepted for one more period
   */
  public record RoomCode(String code, Instant shownFrom, Instant shownUntil) {}

  /** The result of reading a code. */
  public sealed interface Reading {
    record Valid(LessonId lesson, String device, long step) implements Reading {}

    record Expired() implements Reading {}

    record Invalid() implements Reading {}
  }

  /** The current code and the next ones. */
  public List<RoomCode> codes(
      ClassId classId, LessonId lesson, String device, Instant now, int count) {
    long first = stepAt(now);
    return LongStream.range(first, first + count)
        .mapToObj(
            step ->
                new RoomCode(
                    code(place(classId, lesson, device, step)), startOf(step), startOf(step + 1)))
        .toList();
  }

  /** Reads a code of this class: the current one and the one before it are accepted. */
  public Reading read(String code, ClassId classId, Instant now) {
    return SHAPE.matcher(code).results().limit(1).findFirst().stream()
        .filter(match -> match.start() == 0 && match.end() == code.length())
        .filter(match -> match.group(1).equals(classId.value()))
        .filter(match -> isOurs(code, match.group(5)))
        .<Reading>map(
            match ->
                timely(match.group(2), match.group(3), Long.parseLong(match.group(4), 36), now))
        .findFirst()
        .orElseGet(Reading.Invalid::new);
  }

  private static Reading timely(String lesson, String device, long step, Instant now) {
    long current = stepAt(now);
    if (step < current - 1) {
      return new Reading.Expired();
    }
    return step > current
        ? new Reading.Invalid() // not shown yet, so not read off the screen
        : new Reading.Valid(new LessonId(lesson), device, step);
  }

  private boolean isOurs(String code, String mac) {
    String place = code.substring(0, code.lastIndexOf(':'));
    return MessageDigest.isEqual(utf8(mac(place)), utf8(mac));
  }

  private static String place(ClassId classId, LessonId lesson, String device, long step) {
    return String.join(":", TYPE, classId.value(), lesson.value(), device, Long.toString(step, 36));
  }

  private String code(String place) {
    return place + ":" + mac(place);
  }

  private String mac(String place) {
    byte[] whole = hash.of("room-code", utf8(place));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, MAC_BYTES));
  }

  private static long stepAt(Instant now) {
    return Math.floorDiv(now.toEpochMilli(), PERIOD.toMillis());
  }

  private static Instant startOf(long step) {
    return Instant.ofEpochMilli(step * PERIOD.toMillis());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
