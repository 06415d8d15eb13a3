package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.pekko.Done;
import org.apache.pekko.projection.jdbc.JdbcSession;
import org.apache.pekko.projection.jdbc.javadsl.JdbcHandler;
import org.skillvoucher.gateway.journal.FeedEnvelope;

/**
 * Applies a group of events in the transaction that also keeps how far the journal was followed.
 */
final class Follower<S extends JdbcSession> extends JdbcHandler<List<FeedEnvelope>, S> {
  private final Tables tables;

  /** What events do to some tables. */
  interface Tables {
    void apply(Connection connection, List<FeedEnvelope> group) throws SQLException;
  }

  Follower(Tables tables) {
    this.tables = tables;
  }

  @Override
  public void process(S session, List<FeedEnvelope> events) throws Exception {
    session.withConnection(
        connection -> {
          tables.apply(connection, events);
          return Done.getInstance();
        });
  }
}
