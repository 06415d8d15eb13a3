package org.skillvoucher.domain.attendance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skillvoucher.domain.Samples.ATTENDANCE;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.MORNING;
import static org.skillvoucher.domain.Samples.NINE;
import static org.skillvoucher.domain.Samples.minutes;

import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.Samples;
import org.skillvoucher.domain.receipt.Act;

final class WindowsTest {
  private static final Lesson SHORT = Samples.lesson("short", LessonKind.THEORY, NINE, 10);

  @Test
  void signInOpensBeforeTheStartAndClosesAfterIt() {
    assertEquals(
        new Windows.Window(minutes(-30), minutes(45)), Windows.signIn(MORNING, ATTENDANCE));
  }

  @Test
  void signOutOpensBeforeTheEndAndClosesAfterIt() {
    assertEquals(
        new Windows.Window(minutes(165), minutes(240)), Windows.signOut(MORNING, ATTENDANCE));
  }

  @Test
  void nobodySignsInToALessonThatIsOver() {
    assertEquals(new Windows.Window(minutes(-30), minutes(10)), Windows.signIn(SHORT, ATTENDANCE));
  }

  @Test
  void nobodySignsOutOfALessonThatHasNotBegun() {
    assertEquals(new Windows.Window(minutes(0), minutes(70)), Windows.signOut(SHORT, ATTENDANCE));
  }

  @Test
  void aWindowHoldsItsFirstMomentAndNotItsLast() {
    var window = new Windows.Window(minutes(0), minutes(1));

    assertFalse(window.contains(minutes(0).minusNanos(1)));
    assertTrue(window.contains(minutes(0)));
    assertTrue(window.contains(minutes(1).minusNanos(1)));
    assertFalse(window.contains(minutes(1)));
  }

  @Test
  void thoseAreLateWhoComeAfterTheGraceTheRegionGives() {
    assertFalse(Windows.isLate(MORNING, minutes(-5), ATTENDANCE));
    assertFalse(Windows.isLate(MORNING, minutes(10), ATTENDANCE));
    assertTrue(Windows.isLate(MORNING, minutes(10).plusMillis(1), ATTENDANCE));
  }

  @Test
  void aLessonEndsAfterItStarts() {
    assertEquals(180, MORNING.minutes());
    assertThrows(
        IllegalArgumentException.class,
        () -> new Lesson(MORNING.id(), "", LessonKind.THEORY, NINE, NINE));
  }

  @Test
  void onlyAScanInCanBeLate() {
    assertTrue(new Mark(LI, MORNING.id(), Act.IN, true).late());
    assertThrows(IllegalArgumentException.class, () -> new Mark(LI, MORNING.id(), Act.OUT, true));
  }
}
