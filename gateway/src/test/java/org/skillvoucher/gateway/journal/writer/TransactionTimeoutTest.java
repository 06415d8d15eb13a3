package org.skillvoucher.gateway.journal.writer;

import com.typesafe.config.ConfigFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.gateway.TestPostgres;
import org.skillvoucher.gateway.journal.Eventually;
import org.skillvoucher.gateway.journal.feed.TestTable;
import org.skillvoucher.gateway.journal.snapshot.VersionedVoucher;

/** What ends a write that hangs must not end a recovery that is only slow. */
class TransactionTimeoutTest {
  private static final String LONGER_THAN_A_WRITE_MAY_TAKE =
      """
      SELECT count(*) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'vgw journal'
         AND wait_event_type = 'Lock' AND clock_timestamp() - query_start > interval '500 ms'""";

  private final TestTable table = new TestTable(TestPostgres.freshDatabase());
  private final ActorTestKit testKit =
      ActorTestKit.create(
          "timeout",
          JournalConfig.of(
              table.url(), ConfigFactory.parseString("vgw.journal.transaction-timeout = 200ms")));

  @AfterEach
  void stop() {
    testKit.shutdownTestKit();
  }

  @Test
  void aRecoveryOutlastsTheTimeOfAWrite() throws Exception {
    TestProbe<VersionedVoucher.Answer> probe = testKit.createTestProbe();
    try (var _ = table.holdFromReaders()) {
      testKit
          .spawn(new VersionedVoucher("V1"))
          .tell(new VersionedVoucher.Ask(Optional.empty(), probe.ref()));
      Eventually.check(Duration.ofSeconds(20), "the recovery waits", this::recoveryWaits);
    }
    probe.receiveMessage(Duration.ofSeconds(20));
  }

  private boolean recoveryWaits() {
    try {
      return table.query(LONGER_THAN_A_WRITE_MAY_TAKE).equals(List.of("1"));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
