package org.skillvoucher.gateway.journal.writer;

import com.typesafe.config.Config;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ExtendedActorSystem;

/** One writer per actor system, created from its configuration and closed after its actors. */
final class JournalWriterExtension extends AbstractExtensionId<JournalWriter> {
  static final JournalWriterExtension ID = new JournalWriterExtension();

  private JournalWriterExtension() {}

  @Override
  public JournalWriter createExtension(ExtendedActorSystem system) {
    Config config = system.settings().config().getConfig("jdbc-journal.writer");
    var address =
        new JournalInsert.Address(
            config.getString("url"), config.getString("user"), config.getString("password"));
    JournalWriter writer = JournalWriter.start(address, JournalSettings.of(config));
    system.registerOnTermination(writer::close);
    return writer;
  }
}
