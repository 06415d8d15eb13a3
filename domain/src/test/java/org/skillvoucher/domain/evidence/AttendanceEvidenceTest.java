package org.skillvoucher.domain.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skillvoucher.domain.Samples.AFTERNOON;
import static org.skillvoucher.domain.Samples.ATTENDANCE;
import static org.skillvoucher.domain.Samples.CLASS;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.MORNING;
import static org.skillvoucher.domain.Samples.OCCUPATION;
import static org.skillvoucher.domain.Samples.PACK;
import static org.skillvoucher.domain.Samples.REGION;
import static org.skillvoucher.domain.Samples.SCHOOL;
import static org.skillvoucher.domain.Samples.WANG;
import static org.skillvoucher.domain.Samples.minutes;
import static org.skillvoucher.domain.Samples.person;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.Mark;
import org.skillvoucher.domain.canonical.CanonicalJson;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.Filing;

final class AttendanceEvidenceTest {
  private static final Filing FILING =
      new Filing(
          SCHOOL,
          REGION,
          OCCUPATION,
          5,
          "养老护理员",
          "plan",
          "mode",
          "assessment",
          "measures",
          "一号教室",
          List.of(person(50)),
          List.of("book"),
          2);

  private static final List<EvidenceReceipt> RECEIPTS =
      List.of(
          receipt(1, LI, MORNING, Act.IN, true, "V1"),
          receipt(2, WANG, MORNING, Act.IN, false, ""),
          receipt(3, LI, MORNING, Act.OUT, false, "V1"));

  @Test
  void theContentIsTheCanonicalJsonOfAllFacts() {
    assertEquals(
        """
        {"class":{"approvedAt":"2025-03-03T00:00:00Z","classId":"C1",\
        "closedAt":"2025-03-03T09:00:00Z","institution":"52990101MA00XY0180","level":5,\
        "occupation":"4-10-01-05","plan":{"assessmentMethod":"assessment",\
        "employmentMeasures":"measures","teachingPlan":"plan","trainingMode":"mode"},\
        "region":"990101","rulePack":"990000/2025-01-01",\
        "teachers":["p000000000000000000000000000000000000000050"],"textbooks":["book"],\
        "title":"养老护理员","traineesPlanned":2,"venue":"一号教室"},\
        "lastPayloadHash":"h3",\
        "lessons":[\
        {"endsAt":"2025-03-03T04:00:00Z","kind":"theory","lessonId":"am","minutes":180,\
        "startsAt":"2025-03-03T01:00:00Z","title":"Lesson am"},\
        {"endsAt":"2025-03-03T08:00:00Z","kind":"practice","lessonId":"pm","minutes":180,\
        "startsAt":"2025-03-03T05:00:00Z","title":"Lesson pm"}],\
        "lines":[\
        {"completed":false,"completedByScans":false,"completedWithCorrections":false,"late":1,\
        "lessonsAttended":1,"lessonsCorrected":0,"lessonsIncomplete":0,"lessonsOffline":0,\
        "minutesAssisted":0,"minutesAttended":180,"minutesCaptured":0,"minutesCorrected":0,\
        "minutesScanned":180,"percent":50,"percentByScans":50,\
        "person":"p000000000000000000000000000000000000000001","sites":[]},\
        {"completed":false,"completedByScans":false,"completedWithCorrections":false,"late":0,\
        "lessonsAttended":0,"lessonsCorrected":0,"lessonsIncomplete":1,"lessonsOffline":0,\
        "minutesAssisted":0,"minutesAttended":0,"minutesCaptured":0,"minutesCorrected":0,\
        "minutesScanned":0,"percent":0,"percentByScans":0,\
        "person":"p000000000000000000000000000000000000000002","sites":[]}],\
        "receipts":[\
        {"act":"in","late":true,"lesson":"am","payloadHash":"h1",\
        "person":"p000000000000000000000000000000000000000001","receiptId":"R1","sequence":1,\
        "voucher":"V1"},\
        {"act":"in","late":false,"lesson":"am","payloadHash":"h2",\
        "person":"p000000000000000000000000000000000000000002","receiptId":"R2","sequence":2},\
        {"act":"out","late":false,"lesson":"am","payloadHash":"h3",\
        "person":"p000000000000000000000000000000000000000001","receiptId":"R3","sequence":3,\
        "voucher":"V1"}],\
        "totals":{"completed":0,"completedByScans":0,"completedWithCorrections":0,"late":1,\
        "lessons":2,"minutesAssisted":0,"minutesAttended":180,"minutesCaptured":0,\
        "minutesCorrected":0,"minutesPlanned":360,"minutesPractice":180,"minutesScanned":180,\
        "minutesTheory":180,"people":2,"receipts":3},"version":2}""",
        evidence(RECEIPTS, List.of(MORNING, AFTERNOON), List.of(LI, WANG)).content());
  }

  @Property(tries = 50)
  void theSameFactsInAnyOrderGiveTheSameContent(@ForAll long seed) {
    Random random = new Random(seed);

    assertEquals(
        evidence(RECEIPTS, List.of(MORNING, AFTERNOON), List.of(LI, WANG)).content(),
        evidence(
                shuffled(RECEIPTS, random),
                shuffled(List.of(MORNING, AFTERNOON), random),
                shuffled(List.of(LI, WANG), random))
            .content());
  }

  @Test
  void whatWasDroppedAndWhoLeftTheRosterIsNoted() {
    var plain = evidence(RECEIPTS, List.of(MORNING), List.of(LI));
    var noted =
        new AttendanceEvidence(
            plain.classId(),
            plain.filing(),
            plain.rulePack(),
            plain.approvedAt(),
            plain.closedAt(),
            plain.sheet(),
            plain.receipts(),
            plain.lastPayloadHash(),
            new EvidenceNotes(
                Optional.of(new ClassEvent.Dropped("no proof", List.of("K1"), List.of("D1-1"))),
                List.of(new EvidenceNotes.Unenrolled(WANG, minutes(5)))));

    assertTrue(
        noted
            .content()
            .contains(
                "\"dropped\":{\"corrections\":[\"K1\"],\"devices\":[\"D1-1\"],"
                    + "\"reason\":\"no proof\"}"));
    assertTrue(
        noted
            .content()
            .contains(
                "\"unenrolled\":[{\"at\":\"2025-03-03T01:05:00Z\",\"person\":\""
                    + WANG.value()
                    + "\",\"receipts\":1}]"));
  }

  @Test
  void otherFactsGiveAnotherHash() {
    var whole = evidence(RECEIPTS, List.of(MORNING, AFTERNOON), List.of(LI, WANG));
    var withoutTheLast =
        evidence(RECEIPTS.subList(0, 2), List.of(MORNING, AFTERNOON), List.of(LI, WANG));

    assertNotEquals(whole.contentHash(bytes -> bytes), withoutTheLast.contentHash(bytes -> bytes));
  }

  @Test
  void theHashIsTheDigestOfTheContentInBase64urlWithoutPadding() {
    var evidence = evidence(RECEIPTS, List.of(MORNING), List.of(LI));

    String hash =
        evidence.contentHash(
            bytes -> {
              assertEquals(evidence.content(), new String(bytes, UTF_8));
              return new byte[] {(byte) 0xfb, (byte) 0xff};
            });

    assertEquals("-_8", hash);
  }

  @Test
  void theContentReadsBackAsWhatItWasMadeOf() {
    var evidence = evidence(RECEIPTS, List.of(MORNING, AFTERNOON), List.of(LI, WANG));
    Map<String, Object> read = CanonicalJson.parse(evidence.content().getBytes(UTF_8));

    assertEquals(
        Set.of("version", "class", "lessons", "lines", "receipts", "lastPayloadHash", "totals"),
        read.keySet());
    assertEquals(evidence.content(), CanonicalJson.write(read));
    assertFalse(evidence.content().contains("null"));
    assertTrue(evidence.receipts().equals(RECEIPTS));
  }

  private static AttendanceEvidence evidence(
      List<EvidenceReceipt> receipts, List<Lesson> lessons, List<PersonPseudonym> people) {
    List<Mark> marks =
        receipts.stream()
            .map(it -> new Mark(it.person(), it.lesson(), it.act(), it.late()))
            .toList();
    return new AttendanceEvidence(
        CLASS,
        FILING,
        PACK,
        minutes(-60),
        minutes(480),
        AttendanceSheet.of(lessons, people, AttendanceSheet.Input.of(marks), ATTENDANCE),
        receipts,
        "h3",
        EvidenceNotes.NONE);
  }

  private static EvidenceReceipt receipt(
      long sequence, PersonPseudonym person, Lesson lesson, Act act, boolean late, String voucher) {
    return new EvidenceReceipt(
        "R" + sequence, sequence, "h" + sequence, person, lesson.id(), act, late, voucher);
  }

  private static <T> List<T> shuffled(List<T> list, Random random) {
    List<T> copy = new ArrayList<>(list);
    Collections.shuffle(copy, random);
    return copy;
  }
}
