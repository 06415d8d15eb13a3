package org.skillvoucher.gateway;

import com.typesafe.config.Config;
import java.util.concurrent.Executors;
import org.skillvoucher.gateway.cli.BenchJournalCommand;
import org.skillvoucher.gateway.cli.CommandFailures;
import org.skillvoucher.gateway.cli.ConfigCommand;
import org.skillvoucher.gateway.cli.KeysCommand;
import org.skillvoucher.gateway.cli.MigrateCommand;
import org.skillvoucher.gateway.cli.SettingsOptions;
import org.skillvoucher.gateway.cli.StartCommand;
import org.skillvoucher.gateway.cli.StartDevCommand;
import org.skillvoucher.gateway.cli.TokenCommand;
import org.skillvoucher.gateway.cli.VerifyCommand;
import org.skillvoucher.gateway.database.Database;
import org.skillvoucher.gateway.security.Tokens;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The gateway's verbs. What each starts, and in which order, stands in {@link Node}.
 *
 * <p>Exit codes: 0 done, 1 failed, 2 wrong usage or something missing, 3 cannot connect.
 */
@Command(
    name = "vgw",
    mixinStandardHelpOptions = true,
    description = "Skill Voucher Gateway (职业培训券网关).",
    subcommands = {
      StartDevCommand.class, // everything embedded, demo credentials, a clock that can be moved
      StartCommand.class, // production: PostgreSQL and keys of your own
      MigrateCommand.class, // brings the database's schema up to date, or prints how
      KeysCommand.class, // makes receipt keys and a deployment key
      ConfigCommand.class, // shows the settings in force
      VerifyCommand.class, // checks receipts offline
      BenchJournalCommand.class // measures journal and activation, for ./vgw bench
    })
public final class Gateway {
  private Gateway() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  public static CommandLine commandLine() {
    return new CommandLine(new Gateway())
        .addSubcommand(new TokenCommand(Gateway::tokens)) // makes, lists and revokes bearer tokens
        .setExecutionExceptionHandler(CommandFailures::report)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static Tokens tokens() {
    Config config = new SettingsOptions().load();
    Database database = Database.open(Settings.readDatabase(config));
    return new Tokens(
        database.pool(), Executors.newVirtualThreadPerTaskExecutor(), Settings.readTokens(config));
  }
}
