package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** JDBC without its ceremony. */
final class Sql {
  private Sql() {}

  /** Reads the row a result set stands on. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Work within a transaction. */
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  static int update(Connection connection, String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      return statement.executeUpdate();
    }
  }

  static <T> List<T> query(Connection connection, String sql, Row<T> row, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> found = new ArrayList<>();
        while (rows.next()) {
          found.add(row.read(rows));
        }
        return found;
      }
    }
  }

  static <T> T inTransaction(DataSource pool, Work<T> work) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.with(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  /** Several statements which all see the same moment. */
  static <T> T atOneMoment(DataSource pool, Work<T> work) throws SQLException {
    return inTransaction(
        pool,
        connection -> {
          update(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
          return work.with(connection);
        });
  }

  static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  /** Optional stands for NULL when empty; a list of texts becomes an array. */
  private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      bind(statement, i + 1, parameters[i]);
    }
  }

  private static void bind(PreparedStatement statement, int index, Object parameter)
      throws SQLException {
    switch (parameter) {
      case Optional<?> optional when optional.isEmpty() ->
          statement.setNull(index, java.sql.Types.NULL);
      case Optional<?> optional -> bind(statement, index, optional.get());
      case Instant instant -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
      case List<?> texts ->
          statement.setArray(
              index, statement.getConnection().createArrayOf("text", texts.toArray()));
      default -> statement.setObject(index, parameter);
    }
  }
}
