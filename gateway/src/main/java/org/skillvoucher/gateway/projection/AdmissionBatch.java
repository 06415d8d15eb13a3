package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.gateway.database.Sql;

/**
 * The admissions of vouchers in a group of events. A voucher may be admitted before its holder is
 * enrolled; then its row reserves the holder's position.
 */
final class AdmissionBatch {
  private record Place(String classId, String person) {}

  /** The last voucher of each person, in the order of the first. */
  private final Map<Place, String> vouchers = new LinkedHashMap<>();

  boolean add(String classId, ClassEvent.VoucherAdmitted event) {
    vouchers.put(new Place(classId, event.person().value()), event.voucher().value());
    return true;
  }

  void write(Connection connection) throws SQLException {
    if (vouchers.isEmpty()) {
      return;
    }
    List<Place> places = new ArrayList<>(vouchers.keySet());
    Sql.update(
        connection,
        """
        WITH admitted AS (
          SELECT * FROM unnest(?, ?, ?) WITH ORDINALITY AS admitted (class_id, person, voucher, n)),
        known AS (
          UPDATE enrolment SET voucher = admitted.voucher FROM admitted
          WHERE (enrolment.class_id, enrolment.person) = (admitted.class_id, admitted.person)
          RETURNING enrolment.class_id, enrolment.person)
        INSERT INTO enrolment (class_id, person, position, enrolled, voucher)
        SELECT class_id, person,
          row_number() OVER (PARTITION BY class_id ORDER BY n) + (
            SELECT coalesce(max(e.position), 0) FROM enrolment e
            WHERE e.class_id = admitted.class_id),
          false, voucher
        FROM admitted
        WHERE NOT EXISTS (
          SELECT FROM known
          WHERE (known.class_id, known.person) = (admitted.class_id, admitted.person))""",
        Sql.column("text", places, Place::classId),
        Sql.column("text", places, Place::person),
        Sql.column("text", vouchers.values(), voucher -> voucher));
    vouchers.clear();
  }
}
