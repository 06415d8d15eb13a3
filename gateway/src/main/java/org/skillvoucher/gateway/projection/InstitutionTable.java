package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.SQLException;
import org.skillvoucher.domain.institution.Admission;
import org.skillvoucher.domain.institution.InstitutionEvent;
import org.skillvoucher.gateway.database.Sql;

/** The list of institutions (培训机构目录). */
final class InstitutionTable {
  private InstitutionTable() {}

  /** False when the row that the event changes is missing. */
  static boolean apply(Connection connection, String id, InstitutionEvent event)
      throws SQLException {
    return switch (event) {
      case InstitutionEvent.Admitted(var admission, var by, var at, var actor) ->
          admit(connection, admission);
      case InstitutionEvent.Suspended suspended -> become(connection, id, "suspended");
      case InstitutionEvent.Reinstated reinstated -> become(connection, id, "admitted");
      case InstitutionEvent.Exited exited -> become(connection, id, "exited");
      // Sites and devices are read from the institution's actor.
      case InstitutionEvent.SitePut put -> true;
      case InstitutionEvent.DeviceInvited invited -> true;
      case InstitutionEvent.DeviceEnrolled enrolled -> true;
      case InstitutionEvent.DeviceSuspended suspended -> true;
      case InstitutionEvent.DeviceReinstated reinstated -> true;
      case InstitutionEvent.DeviceRevoked revoked -> true;
    };
  }

  private static boolean admit(Connection connection, Admission admission) throws SQLException {
    return 1
        == Sql.update(
            connection,
            """
            INSERT INTO institution (credit_code, region, name, qualification, edition, state)
            VALUES (?, ?, ?, ?, ?, 'admitted')
            ON CONFLICT (credit_code) DO UPDATE SET region = excluded.region,
              name = excluded.name, qualification = excluded.qualification,
              edition = excluded.edition, state = excluded.state""",
            admission.creditCode().value(),
            admission.region().value(),
            admission.name(),
            admission.qualification(),
            admission.edition());
  }

  private static boolean become(Connection connection, String id, String state)
      throws SQLException {
    return 1
        == Sql.update(
            connection, "UPDATE institution SET state = ? WHERE credit_code = ?", state, id);
  }
}
