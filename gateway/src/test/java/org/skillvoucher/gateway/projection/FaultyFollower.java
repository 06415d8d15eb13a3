package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.projection.jdbc.JdbcSession;
import org.apache.pekko.projection.jdbc.javadsl.JdbcHandler;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;

/** A follower whose transactions fail at every point, until there are no faults left. */
public final class FaultyFollower extends JdbcHandler<List<FeedEnvelope>, FaultyFollower.Session> {
  private final JdbcHandler<List<FeedEnvelope>, Session> follower;
  private final Faults faults;

  public FaultyFollower(JdbcHandler<List<FeedEnvelope>, Session> follower, Faults faults) {
    this.follower = follower;
    this.faults = faults;
  }

  @Override
  public void process(Session session, List<FeedEnvelope> events) throws Exception {
    faults.maybe("before applying");
    follower.process(session, events.subList(0, events.size() / 2));
    faults.maybe("half way");
    follower.process(session, events.subList(events.size() / 2, events.size()));
    faults.maybe("after applying");
  }

  /** One failure in four chances, as long as there are any left. */
  public static final class Faults {
    public final AtomicInteger made = new AtomicInteger();
    private final Random random;

    public Faults(Random random) {
      this.random = random;
    }

    synchronized void maybe(String where) {
      if (made.get() < 60 && random.nextInt(4) == 0) {
        made.incrementAndGet();
        throw new IllegalStateException("fault " + where);
      }
    }
  }

  /** Fails before a commit, and after one that the caller then believes to have failed. */
  public record Session(TestPool.Session session, Faults faults) implements JdbcSession {
    @Override
    public <R> R withConnection(Function<Connection, R> work) throws Exception {
      return session.withConnection(work);
    }

    @Override
    public void commit() throws SQLException {
      faults.maybe("before commit");
      session.commit();
      faults.maybe("after commit");
    }

    @Override
    public void rollback() throws SQLException {
      session.rollback();
    }

    @Override
    public void close() throws SQLException {
      session.close();
    }
  }
}
