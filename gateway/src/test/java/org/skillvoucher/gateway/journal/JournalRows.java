package org.skillvoucher.gateway.journal;

import java.nio.charset.StandardCharsets;
import org.apache.pekko.persistence.jdbc.journal.dao.JournalTables.JournalPekkoSerializationRow;
import org.skillvoucher.gateway.journal.event.EventSerializer;
import scala.Option;

/** Rows as the plugin hands them to the journal's writer. */
public final class JournalRows {
  private JournalRows() {}

  public static JournalPekkoSerializationRow row(String persistenceId, long sequenceNr) {
    return new JournalPekkoSerializationRow(
        Long.MIN_VALUE,
        false,
        persistenceId,
        sequenceNr,
        "a writer",
        System.currentTimeMillis(),
        "",
        "{\"at\":\"2025-03-03T01:00:00Z\"}".getBytes(StandardCharsets.UTF_8),
        EventSerializer.IDENTIFIER,
        "voucher.claimed/1",
        Option.empty(),
        Option.empty(),
        Option.empty());
  }
}
