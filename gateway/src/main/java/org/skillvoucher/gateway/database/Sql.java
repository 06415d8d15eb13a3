package org.skillvoucher.gateway.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Statements, arrays and transactions over JDBC. */
public final class Sql {
  private Sql() {}

  /** Reads the current row of a result set. */
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** The statements of a transaction. */
  public interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  public static int update(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      return statement.executeUpdate();
    }
  }

  public static <T> List<T> query(
      Connection connection, String sql, Row<T> row, Object... parameters) throws SQLException {
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

  /**
   * One column of many rows, for {@code unnest}, so that a group of rows costs one statement.
   *
   * @param type text, int8, int4 or bool
   * @param values an empty optional is NULL
   */
  public record Column(String type, List<?> values) {}

  public static <R> Column column(String type, Collection<R> rows, Function<R, ?> value) {
    return new Column(type, rows.stream().map(value).toList());
  }

  /** Runs the work and commits; rolls back when it throws. */
  public static <T> T inTransaction(DataSource pool, Work<T> work) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.with(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        rollBack(connection, e);
        throw e;
      }
    }
  }

  private static void rollBack(Connection connection, Exception reason) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  /** Makes all statements of a transaction that has only begun read the same snapshot. */
  public static void readOneSnapshot(Connection connection) throws SQLException {
    update(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
  }

  public static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  /** An empty optional is NULL; a list of texts becomes an array. */
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
      case List<?> texts -> bind(statement, index, new Column("text", texts));
      case Column(var type, var values) ->
          statement.setArray(
              index, statement.getConnection().createArrayOf(type, elements(type, values)));
      default -> statement.setObject(index, parameter);
    }
  }

  /** Of the element's own class: the driver sends arrays of objects as text. */
  private static @Nullable Object[] elements(String type, List<?> values) {
    @Nullable Object[] elements =
        switch (type) {
          case "int8" -> new Long[values.size()];
          case "int4" -> new Integer[values.size()];
          case "bool" -> new Boolean[values.size()];
          default -> new String[values.size()];
        };
    for (int i = 0; i < elements.length; i++) {
      elements[i] = values.get(i) instanceof Optional<?> one ? one.orElse(null) : values.get(i);
    }
    return elements;
  }
}
