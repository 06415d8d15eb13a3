package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.skillvoucher.domain.institution.InstitutionEvent;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.voucher.VoucherEvent;
import org.skillvoucher.gateway.journal.event.EntityType;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;

/**
 * Applies events to the tables, in the transaction that also stores the feed's offset. Of a group
 * of events the frequent kinds are collected and written with one statement per table; the rows are
 * the same as if each event was applied by itself, whatever the groups are.
 */
final class EventTables {
  private EventTables() {}

  /**
   * Applies events, each once.
   *
   * @param group in the feed's order
   * @throws IllegalStateException when the tables and the journal contradict one another
   */
  static void apply(Connection connection, List<FeedEnvelope> group) throws SQLException {
    VoucherTable vouchers = new VoucherTable();
    ClassTables classes = new ClassTables(connection);
    for (FeedEnvelope envelope : AppliedSequences.advance(connection, group)) {
      boolean consistent =
          switch (envelope.event()) {
            case VoucherEvent event ->
                vouchers.add(envelope.entityId(EntityType.VOUCHER), envelope);
            case ClassEvent event ->
                classes.apply(envelope.entityId(EntityType.CLASS), event, envelope);
            case InstitutionEvent event ->
                InstitutionTable.apply(
                    connection, envelope.entityId(EntityType.INSTITUTION), event);
            default ->
                throw new IllegalStateException(
                    "no read model applies " + envelope.event().getClass().getName());
          };
      if (!consistent) {
        throw new ProjectionContradiction(envelope);
      }
    }
    vouchers.write(connection);
    classes.write();
  }
}
