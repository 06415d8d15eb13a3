package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.skillvoucher.domain.institution.InstitutionEvent;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.voucher.VoucherEvent;
import org.skillvoucher.gateway.journal.event.EntityType;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;

/**
 * What events do to the tables, in the transaction that also keeps the feed's offset. Of a group of
 * events the frequent kinds are gathered and written with one statement for each table; the tables
 * come out as if each event had been applied by itself, in whatever groups they come.
 */
final class EventTables {
  private final ClosedClasses closedClasses;

  EventTables(UnaryOperator<byte[]> digest) {
    closedClasses = new ClosedClasses(digest);
  }

  /**
   * Applies events, each once.
   *
   * @param group in the feed's order
   * @throws IllegalStateException when the tables and the journal contradict one another
   */
  void apply(Connection connection, List<FeedEnvelope> group) throws SQLException {
    VoucherTable vouchers = new VoucherTable();
    ClassTables classes = new ClassTables(connection, closedClasses);
    for (FeedEnvelope envelope : AppliedSequences.advance(connection, group)) {
      boolean fits =
          switch (envelope.event()) {
            case VoucherEvent event ->
                vouchers.add(EntityType.VOUCHER.idOf(envelope.persistenceId()), envelope);
            case ClassEvent event ->
                classes.apply(EntityType.CLASS.idOf(envelope.persistenceId()), event, envelope);
            case InstitutionEvent event ->
                InstitutionTable.apply(
                    connection, EntityType.INSTITUTION.idOf(envelope.persistenceId()), event);
            default ->
                throw new IllegalStateException(
                    "no read model knows " + envelope.event().getClass().getName());
          };
      if (!fits) {
        throw new ProjectionContradiction(envelope);
      }
    }
    vouchers.write(connection);
    classes.write();
  }
}
