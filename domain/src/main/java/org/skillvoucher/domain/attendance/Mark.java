package org.skillvoucher.domain.attendance;

import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.Act;

/** One kept scan, as the sheet counts it. */
public record Mark(PersonPseudonym person, LessonId lesson, Act act, boolean late) {}
