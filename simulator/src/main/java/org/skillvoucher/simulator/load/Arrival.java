package org.skillvoucher.simulator.load;

import org.skillvoucher.domain.receipt.Act;

/**
 * A scheduled arrival: a person of a class presents a card to its device.
 *
 * @param micros scheduled time, since the start of the run
 * @param lesson its index in the timetable
 * @param person index on the roster
 * @param again whether it is a rescan, to be answered with the first one's receipt
 */
record Arrival(long micros, int classNumber, int lesson, Act act, int person, boolean again) {
  Arrival rescan(long afterMicros) {
    return new Arrival(micros + afterMicros, classNumber, lesson, act, person, true);
  }
}
