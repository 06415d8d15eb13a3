package org.skillvoucher.gateway.journal.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.pekko.persistence.CapabilityFlag;
import org.apache.pekko.persistence.journal.JournalSpec;
import org.junit.jupiter.api.Test;
import org.scalatest.tools.Runner;
import org.skillvoucher.gateway.TestPostgres;

/** What Pekko asks of every journal (its technology compatibility kit), asked of ours. */
class JournalTckTest {
  @Test
  void theJournalIsWhatPekkoAsksOfAJournal() {
    assertEquals(16, new Tck().testNames().size());
    // Failures to the standard error, and nothing of what went well.
    assertTrue(Runner.run(new String[] {"-s", Tck.class.getName(), "-eNCXEHLOPQRMSU"}));
  }

  /** ScalaTest makes one by its name. */
  public static final class Tck extends JournalSpec {
    public Tck() {
      super(JournalConfig.of(TestPostgres.freshDatabase()));
    }

    @Override
    public CapabilityFlag supportsRejectingNonSerializableObjects() {
      return CapabilityFlag.on();
    }
  }
}
