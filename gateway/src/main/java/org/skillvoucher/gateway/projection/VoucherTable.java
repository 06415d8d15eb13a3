package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.SQLException;
import org.skillvoucher.domain.voucher.VoucherEvent;
import org.skillvoucher.domain.voucher.VoucherTerms;

/**
 * The vouchers' list. A reason someone wrote stays in the journal: it may speak of a person. The
 * class stays with a voucher that was bound once, whatever became of it.
 */
final class VoucherTable {
  private VoucherTable() {}

  /** False when there is no such voucher to change. */
  static boolean apply(Connection connection, String id, VoucherEvent event) throws SQLException {
    return switch (event) {
      case VoucherEvent.Issued(var terms, var at) -> issue(connection, id, terms);
      case VoucherEvent.Claimed claimed -> become(connection, id, "claimed");
      case VoucherEvent.Bound(var classId, var holder, var at) ->
          1
              == Sql.update(
                  connection,
                  "UPDATE voucher SET state = 'bound', class_id = ? WHERE voucher_id = ?",
                  classId.value(),
                  id);
      case VoucherEvent.Completed completed -> become(connection, id, "completed");
      case VoucherEvent.Expired expired -> become(connection, id, "expired");
      case VoucherEvent.Voided voided -> become(connection, id, "voided");
      case VoucherEvent.Frozen frozen ->
          1
              == Sql.update(
                  connection,
                  """
                  UPDATE voucher SET state_before = state, state = 'frozen'
                  WHERE voucher_id = ? AND state <> 'frozen'""",
                  id);
      case VoucherEvent.Unfrozen unfrozen ->
          1
              == Sql.update(
                  connection,
                  """
                  UPDATE voucher SET state = state_before, state_before = NULL
                  WHERE voucher_id = ? AND state = 'frozen'""",
                  id);
    };
  }

  private static boolean issue(Connection connection, String id, VoucherTerms terms)
      throws SQLException {
    return 1
        == Sql.update(
            connection,
            """
            INSERT INTO voucher
              (voucher_id, state, holder, region, occupation, level, expires_at)
            VALUES (?, 'issued', ?, ?, ?, ?, ?)""",
            id,
            terms.holder().value(),
            terms.region().value(),
            terms.occupation().value(),
            terms.level(),
            terms.expiresAt());
  }

  private static boolean become(Connection connection, String id, String state)
      throws SQLException {
    return 1
        == Sql.update(
            connection,
            "UPDATE voucher SET state = ?, state_before = NULL WHERE voucher_id = ?",
            state,
            id);
  }
}
