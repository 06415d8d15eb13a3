package org.skillvoucher.gateway.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.gateway.TestPostgres;
import org.skillvoucher.gateway.journal.writer.JournalConfig;

class DatabaseTest {
  private final DatabaseSettings settings = JournalConfig.settings(TestPostgres.freshDatabase());

  private final Path folder;

  DatabaseTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    try (var files = Files.list(TestPostgres.configFolder().resolve("migrations"))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void aMigrationNotYetAppliedIsAFaultUntilItIs() throws IOException {
    assertEquals(Optional.empty(), Database.schemaFault(settings, folder));
    Files.writeString(folder.resolve("V900__more.sql"), "CREATE TABLE more (one INT);");
    assertTrue(Database.schemaFault(settings, folder).orElse("").contains("900"));
    assertEquals(List.of("900"), Database.migrate(settings, folder));
    assertEquals(Optional.empty(), Database.schemaFault(settings, folder));
    assertEquals(List.of(), Database.migrate(settings, folder));
  }

  @Test
  void aMigrationThatFailsIsNamed() throws IOException {
    Files.writeString(folder.resolve("V901__wrong.sql"), "CREATE TABLE;");
    var failed =
        assertThrows(IllegalStateException.class, () -> Database.migrate(settings, folder));
    assertTrue(String.valueOf(failed.getMessage()).contains("V901__wrong.sql"));
  }

  @Test
  void anUnreachableDatabaseIsDistinguishedFromAFailedMigration() throws IOException {
    var nowhere = new DatabaseSettings(addressOfNobody(), "postgres", "secret", 1);
    assertThrows(Database.Unreachable.class, () -> Database.migrate(nowhere, folder));
    assertThrows(Database.Unreachable.class, () -> Database.schemaFault(nowhere, folder));
    try (var database = Database.open(nowhere)) {
      assertThrows(Database.Unreachable.class, database::session);
    }
  }

  @Test
  void connectionsOfThePoolDoNotCommitByThemselves() throws Exception {
    try (var database = Database.open(settings);
        var connection = database.pool().getConnection()) {
      assertFalse(connection.getAutoCommit());
    }
  }

  @Test
  void settingsDoNotTellThePassword() {
    var text =
        new DatabaseSettings("jdbc:postgresql://h/db?password=secret", "u", "secret", 1).toString();
    assertFalse(text.contains("secret"), text);
  }

  private static String addressOfNobody() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "jdbc:postgresql://127.0.0.1:" + socket.getLocalPort() + "/none";
    }
  }
}
