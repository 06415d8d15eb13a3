package org.skillvoucher.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.skillvoucher.gateway.Configuration;
import org.skillvoucher.gateway.Settings;
import org.skillvoucher.gateway.database.Database;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vgw migrate}: brings the schema up to date, or prints the SQL for an administrator. */
@Command(
    name = "migrate",
    description = "Brings the database's schema up to date.",
    mixinStandardHelpOptions = true)
public final class MigrateCommand implements Callable<Integer> {
  @Mixin private SettingsOptions options = new SettingsOptions();

  @Option(names = "--print-sql", description = "Prints the migrations in order and runs none.")
  private boolean printSql;

  @Override
  public Integer call() throws IOException {
    Path migrations = Configuration.folder().resolve("migrations");
    if (printSql) {
      print(migrations);
      return 0;
    }
    var applied = Database.migrate(Settings.readDatabase(options.load()), migrations);
    System.out.println(applied.isEmpty() ? "the schema was up to date" : "applied " + applied);
    return 0;
  }

  private static void print(Path migrations) throws IOException {
    try (var files = Files.list(migrations)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".sql")).sorted().toList()) {
        System.out.println("-- " + file.getFileName());
        System.out.println(Files.readString(file));
      }
    }
  }
}
