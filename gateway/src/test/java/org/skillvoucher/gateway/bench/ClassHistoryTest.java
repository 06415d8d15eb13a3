package org.skillvoucher.gateway.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.receipt.ReceiptSealer;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.trainingclass.ClassEvent;

class ClassHistoryTest {
  private static final Instant MORNING = Instant.parse("2026-03-02T00:30:00Z");
  private static final ReceiptSealer SEALER =
      draft ->
          new SealedReceipt(
              draft.id(),
              draft.sequence(),
              "r".repeat(700),
              "%043d".formatted(draft.sequence()),
              draft.issuedAtMillis());

  @Test
  void aHistoryHasAsManyEventsAsAreAskedForAndMostAreScans() {
    List<ClassEvent> history = ClassHistory.of(MORNING, SEALER, 500);
    assertEquals(500, history.size());
    assertEquals(465, ClassHistory.scans(MORNING, SEALER, 500).size());
    assertTrue(history.getFirst() instanceof ClassEvent.Filed);
    assertTrue(history.getLast() instanceof ClassEvent.Attended);
  }
}
