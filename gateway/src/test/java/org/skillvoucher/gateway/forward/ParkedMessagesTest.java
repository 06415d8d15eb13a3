package org.skillvoucher.gateway.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.gateway.database.Transactions;

class ParkedMessagesTest {
  private final OutboxFixture outbox = new OutboxFixture();
  private final ParkedMessages parked =
      ParkedMessages.of(new Transactions(outbox.pool, outbox.threads));

  @AfterEach
  void stop() {
    outbox.close();
  }

  private boolean release(String evidenceId) {
    return parked.release(evidenceId).toCompletableFuture().join();
  }

  @Test
  void releasedEvidenceIsPendingWithAllItsAttemptsBeforeIt() {
    outbox.evidence(1);
    outbox.execute("UPDATE evidence SET state = 'parked', attempts = 9");
    assertTrue(release("E-C1"));
    assertEquals("pending 0", outbox.one("state || ' ' || attempts"));
    assertFalse(release("E-C1"));
  }

  @Test
  void onlyParkedEvidenceIsReleased() {
    outbox.evidence(1);
    assertFalse(release("E-C1"));
    outbox.execute("UPDATE evidence SET state = 'delivered', acknowledgement = '{}'");
    assertFalse(release("E-C1"));
    assertFalse(release("E-nobody"));
    assertEquals("delivered", outbox.one("state"));
  }
}
