package org.skillvoucher.gateway;

import com.typesafe.config.Config;
import java.util.ServiceLoader;
import java.util.concurrent.Executors;
import org.skillvoucher.gateway.cli.CommandFailures;
import org.skillvoucher.gateway.cli.ConfigCommand;
import org.skillvoucher.gateway.cli.DevelopmentCommand;
import org.skillvoucher.gateway.cli.KeysCommand;
import org.skillvoucher.gateway.cli.MigrateCommand;
import org.skillvoucher.gateway.cli.SettingsOptions;
import org.skillvoucher.gateway.cli.StartCommand;
import org.skillvoucher.gateway.cli.TokenCommand;
import org.skillvoucher.gateway.cli.VerifyCommand;
import org.skillvoucher.gateway.database.Database;
import org.skillvoucher.gateway.security.Tokens;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The gateway's commands. What they start, and in which order, is in {@link Node}.
 *
 * <p>Exit codes: 0 done, 1 failed, 2 wrong usage or a missing prerequisite, 3 cannot connect.
 */
@Command(
    name = "vgw",
    mixinStandardHelpOptions = true,
    description = "Skill Voucher Gateway (职业培训券网关).",
    subcommands = {
      StartCommand.class, // production: PostgreSQL and keys of your own
      MigrateCommand.class, // brings the database's schema up to date, or prints how
      KeysCommand.class, // makes receipt keys and a deployment key
      ConfigCommand.class, // shows the settings in force
      VerifyCommand.class // checks receipts offline
    })
public final class Gateway {
  private Gateway() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  public static CommandLine commandLine() {
    CommandLine commands =
        new CommandLine(new Gateway())
            .addSubcommand(new TokenCommand(Gateway::tokens)); // makes, lists and revokes tokens
    // start-dev and bench-journal, where the development jar is on the class path
    ServiceLoader.load(DevelopmentCommand.class).forEach(commands::addSubcommand);
    return commands
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
