package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.pekko.Done;
import org.apache.pekko.projection.jdbc.JdbcSession;
import org.apache.pekko.projection.jdbc.javadsl.JdbcHandler;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;

/** Applies a group of events in the transaction that also stores the offset. */
public final class EventGroupHandler<S extends JdbcSession>
    extends JdbcHandler<List<FeedEnvelope>, S> {
  private final Tables tables;

  /** Applies events to some tables. */
  public interface Tables {
    void apply(Connection connection, List<FeedEnvelope> group) throws SQLException;
  }

  public EventGroupHandler(Tables tables) {
    this.tables = tables;
  }

  @Override
  public void process(S session, List<FeedEnvelope> events) throws Exception {
    session.withConnection(
        connection -> {
          prepare(connection);
          tables.apply(connection, events);
          return Done.getInstance();
        });
  }

  /**
   * A group's queries are by key: a plan cached by the driver's prepared statements when a table
   * was empty would stay wrong for long. And a stuck transaction would hold the low watermark of
   * every follower, so it is cancelled.
   */
  private static void prepare(Connection connection) throws SQLException {
    Sql.query(
        connection,
        """
        SELECT set_config('plan_cache_mode', 'force_custom_plan', true),
          set_config('enable_seqscan', 'off', true),
          set_config('statement_timeout', '10s', true),
          set_config('idle_in_transaction_session_timeout', '5s', true)""",
        row -> true);
  }
}
