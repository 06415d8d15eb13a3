package org.skillvoucher.gateway;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.pekko.actor.typed.ActorSystem;
import org.skillvoucher.gateway.audit.PeriodicAudit;
import org.skillvoucher.gateway.database.Database;
import org.skillvoucher.gateway.database.Transactions;
import org.skillvoucher.gateway.evidence.EvidenceFollower;
import org.skillvoucher.gateway.evidence.VoucherOutcomes;
import org.skillvoucher.gateway.flag.Flags;
import org.skillvoucher.gateway.forward.Forwarder;
import org.skillvoucher.gateway.journal.feed.Feed;
import org.skillvoucher.gateway.journal.feed.FeedLag;
import org.skillvoucher.gateway.process.VoucherClassProcess;
import org.skillvoucher.gateway.process.VoucherCompletion;
import org.skillvoucher.gateway.projection.JdbcViews;
import org.skillvoucher.gateway.projection.ReadModels;
import org.skillvoucher.gateway.projection.Views;
import org.skillvoucher.gateway.receipt.Sm3;

/** The read side: followers of the journal, process managers, forwarder, audit and queries. */
record ReadSide(
    Views views, Transactions transactions, PeriodicAudit audit, Map<String, FeedLag> lags) {
  /** Starts all followers of the journal, the forwarder and the audit. */
  static ReadSide start(
      ActorSystem<?> system,
      Settings settings,
      Database database,
      ExecutorService blocking,
      EntityServices entities,
      InstantSource clock) {
    var transactions = new Transactions(database.pool(), blocking);
    var feed = new Feed(database, blocking, settings.feed());
    var lag = new FeedLag(database, blocking, settings.feed());
    List.of(
            ReadModels.NAME,
            VoucherClassProcess.NAME,
            EvidenceFollower.NAME,
            VoucherCompletion.NAME)
        .forEach(lag::checkSlices);
    ReadModels.init(system, feed, database, settings.readModels());
    EvidenceFollower.init(
        system, feed, database::session, new EvidenceFollower(system, transactions, Sm3::of));
    Flags.init(system, feed.inOneSlice(), database, Sm3::of, settings.readModels());
    processes(system, settings, database, transactions, feed, entities, clock);
    Forwarder.init(system, database.pool(), settings.downstream(), settings.issuer());
    var audit =
        PeriodicAudit.start(
            database.pool(), settings.audit().interval(), settings.audit().settle(), clock);
    var lagOfFlags = new FeedLag(database, blocking, settings.feed().inOneSlice());
    return new ReadSide(
        new JdbcViews(transactions),
        transactions,
        audit,
        Map.of(ReadModels.NAME, lag, EvidenceFollower.NAME, lag, Flags.NAME, lagOfFlags));
  }

  private static void processes(
      ActorSystem<?> system,
      Settings settings,
      Database database,
      Transactions transactions,
      Feed feed,
      EntityServices entities,
      InstantSource clock) {
    var outcomes = new VoucherOutcomes(system, transactions);
    VoucherClassProcess.init(
        system,
        feed,
        database::session,
        new VoucherClassProcess(
            entities.vouchers(), entities.classes(), entities.institutions(), outcomes, clock),
        settings.entity());
    VoucherCompletion.init(
        system,
        feed,
        database::session,
        new VoucherCompletion(outcomes, entities.vouchers(), clock),
        settings.entity());
  }
}
