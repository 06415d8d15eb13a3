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

  @Test
  void allOfOneCauseAreReleasedWithinTheRegion() {
    outbox.evidence(3);
    outbox.execute("UPDATE evidence SET state = 'parked', failure_cause = 'status_410'");
    outbox.execute("UPDATE evidence SET failure_cause = 'timeout' WHERE evidence_id = 'E-C3'");
    assertEquals(0, releaseAll("status_410", "98"));
    assertEquals(2, releaseAll("status_410", "9901"));
    assertEquals(0, releaseAll("status_410", ""));
    assertEquals("1", outbox.one("count(*) FILTER (WHERE state = 'parked')"));
    assertEquals(1, releaseAll("timeout", ""));
  }

  private int releaseAll(String cause, String regionDigits) {
    return parked.releaseAll(cause, regionDigits).toCompletableFuture().join();
  }

  @Test
  void whatIsUnfinishedIsCountedWithTheAgeOfTheOldest() throws Exception {
    Outbox counted = new Outbox(outbox.pool);
    assertEquals(new Outbox.Standing(0, 0, 0), counted.standing());
    outbox.evidence(3);
    outbox.execute(
        """
        UPDATE evidence SET state = 'parked', created_at = now() - interval '1 hour'
        WHERE evidence_id = 'E-C3'""");
    Outbox.Standing standing = counted.standing();
    assertEquals(2, standing.pending());
    assertEquals(1, standing.parked());
    assertEquals(3600, standing.oldestSeconds(), 60);
  }
}
