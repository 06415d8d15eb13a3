package org.skillvoucher.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

class MigrationsTest {
  @Test
  void aNewDatabaseHasAJournalThatKnowsItsTransactions() throws Exception {
    try (var connection = DriverManager.getConnection(TestPostgres.freshDatabase());
        var columns = connection.getMetaData().getColumns(null, "public", "event_journal", "tx")) {
      assertTrue(columns.next());
    }
  }
}
