package org.skillvoucher.simulator.load;

import org.skillvoucher.domain.receipt.Act;

/**
 * One arrival: somebody of a class holds a card to the device at its door.
 *
 * @param micros when, since the load's beginning
 * @param lesson by its place in the timetable
 * @param person by the place on the roster
 * @param again whether it is a second tap, which is to be answered with the first one's receipt
 */
record Tap(long micros, int classNumber, int lesson, Act act, int person, boolean again) {
  Tap later(long byMicros) {
    return new Tap(micros + byMicros, classNumber, lesson, act, person, true);
  }
}
