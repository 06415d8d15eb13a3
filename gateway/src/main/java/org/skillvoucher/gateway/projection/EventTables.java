package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.skillvoucher.domain.institution.InstitutionEvent;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.voucher.VoucherEvent;
import org.skillvoucher.gateway.journal.FeedEnvelope;

/** What each event does to the tables, in the transaction that also keeps the feed's offset. */
final class EventTables {
  private static final String VOUCHER = "voucher|";
  private static final String CLASS = "class|";
  private static final String INSTITUTION = "institution|";

  private final ClassTables classes;

  EventTables(UnaryOperator<byte[]> digest) {
    classes = new ClassTables(new ClosedClasses(digest));
  }

  /**
   * Applies an event, once.
   *
   * @throws IllegalStateException when the tables and the journal contradict one another
   */
  void apply(Connection connection, FeedEnvelope envelope) throws SQLException {
    String persistenceId = envelope.persistenceId();
    if (!Applied.advance(connection, persistenceId, envelope.sequenceNr())) {
      return;
    }
    boolean applied =
        switch (envelope.event()) {
          case VoucherEvent event ->
              VoucherTable.apply(connection, id(VOUCHER, persistenceId), event);
          case ClassEvent event -> classes.apply(connection, id(CLASS, persistenceId), event);
          case InstitutionEvent event ->
              InstitutionTable.apply(connection, id(INSTITUTION, persistenceId), event);
          default ->
              throw new IllegalStateException(
                  "no read model knows " + envelope.event().getClass().getName());
        };
    if (!applied) {
      throw new IllegalStateException(
          "the read models do not fit "
              + persistenceId
              + " event "
              + envelope.sequenceNr()
              + ", "
              + envelope.event().getClass().getSimpleName());
    }
  }

  private static String id(String prefix, String persistenceId) {
    if (!persistenceId.startsWith(prefix)) {
      throw new IllegalStateException(persistenceId + " should begin with " + prefix);
    }
    return persistenceId.substring(prefix.length());
  }
}
