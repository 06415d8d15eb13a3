package org.skillvoucher.gateway.development;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skillvoucher.gateway.development.Eventually.eventually;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedDatabaseTest {
  private final Path folder;

  EmbeddedDatabaseTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void itIsAsDurableAsInProductionAndListensToThisMachineOnly() throws Exception {
    try (var database = EmbeddedDatabase.start(EmbeddedDatabaseSettings.keptIn(folder))) {
      assertEquals("on", ask(database.url(), "SHOW fsync"));
      assertEquals("on", ask(database.url(), "SHOW synchronous_commit"));
      assertEquals("127.0.0.1", ask(database.url(), "SHOW listen_addresses"));
      assertEquals("", ask(database.url(), "SHOW unix_socket_directories"));
      assertEquals("vgw", ask(database.url(), "SELECT current_database()"));
      assertEquals("UTF8", ask(database.url(), "SHOW server_encoding"));
    }
  }

  @Test
  void withoutThePasswordNobodyGetsIn() {
    try (var database = EmbeddedDatabase.start(EmbeddedDatabaseSettings.ephemeral())) {
      String guessed = database.url().replaceAll("password=.*", "password=vgw");
      assertThrows(SQLException.class, () -> ask(guessed, "SELECT 1"));
    }
  }

  @Test
  void dataOutlivesTheGatewayInAFolderWithAwkwardLetters() throws Exception {
    Path awkward = folder.resolve("it's \"$HOME\" 学员 folder");
    try (var database = EmbeddedDatabase.start(EmbeddedDatabaseSettings.keptIn(awkward))) {
      write(database.url(), "CREATE TABLE kept AS SELECT 'as it was'::text AS word");
    }
    try (var database = EmbeddedDatabase.start(EmbeddedDatabaseSettings.keptIn(awkward))) {
      assertEquals("as it was", ask(database.url(), "SELECT word FROM kept"));
      assertTrue(database.kept());
    }
  }

  @Test
  void anEphemeralDatabaseIsGoneWithItsFolder() throws Exception {
    var database = EmbeddedDatabase.start(EmbeddedDatabaseSettings.ephemeral());
    assertEquals("1", ask(database.url(), "SELECT 1"));
    database.close();
    database.close();
    assertFalse(Files.exists(database.folder()));
    assertThrows(SQLException.class, () -> ask(database.url(), "SELECT 1"));
  }

  @Test
  void aKilledPostmasterIsStartedAgainOnTheSamePortAgainAndAgain() throws Exception {
    try (var database = EmbeddedDatabase.start(EmbeddedDatabaseSettings.keptIn(folder))) {
      write(database.url(), "CREATE TABLE runs (pid bigint)");
      for (int kill = 1; kill <= 3; kill++) {
        long pid = database.postmasterPid().getAsLong();
        write(database.url(), "INSERT INTO runs VALUES (" + pid + ")");
        assertTrue(ProcessHandle.of(pid).orElseThrow().destroyForcibly());
        eventually("another postmaster answers", () -> runsAs(database, pid));
        assertEquals("" + kill, ask(database.url(), "SELECT count(*) FROM runs"));
      }
    }
  }

  @Test
  void askedToItForgetsWhatItHasNotWrittenAndSoItDoesAfterARestart() throws Exception {
    var settings = EmbeddedDatabaseSettings.keptIn(folder);
    try (var database = EmbeddedDatabase.start(settings.forgetful())) {
      assertEquals("off", ask(database.url(), "SHOW synchronous_commit"));
      assertEquals("on", ask(database.url(), "SHOW fsync"), "no more than the last moment is lost");
      long pid = database.postmasterPid().getAsLong();
      assertTrue(ProcessHandle.of(pid).orElseThrow().destroyForcibly());
      eventually("another postmaster answers", () -> runsAs(database, pid));
      assertEquals("off", ask(database.url(), "SHOW synchronous_commit"));
    }
    try (var database = EmbeddedDatabase.start(settings)) {
      assertEquals("on", ask(database.url(), "SHOW synchronous_commit"));
    }
  }

  private static boolean runsAs(EmbeddedDatabase database, long otherThan) throws Exception {
    var now = database.postmasterPid();
    return now.isPresent() && now.getAsLong() != otherThan && answers(database.url());
  }

  @Test
  void aStaleLockFileIsNoObstacleAlsoWithAReusedPid() throws Exception {
    Path lock = folder.resolve("postgresql/postmaster.pid");
    List<String> lines;
    try (var database = EmbeddedDatabase.start(EmbeddedDatabaseSettings.keptIn(folder))) {
      assertEquals("1", ask(database.url(), "SELECT 1"));
      lines = Files.readAllLines(lock);
    }
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Process unrelated = new ProcessBuilder("cat").start();
    try {
      List<String> leftBehind = new ArrayList<>();
      for (long pid : new long[] {dead.pid(), unrelated.pid(), ProcessHandle.current().pid(), 1}) {
        lines.set(0, Long.toString(pid));
        leftBehind.add(String.join("\n", lines) + "\n");
      }
      leftBehind.add("");
      leftBehind.add(unrelated.pid() + "\n" + folder + "\n");
      for (String text : leftBehind) {
        Files.writeString(lock, text);
        try (var database = EmbeddedDatabase.start(EmbeddedDatabaseSettings.keptIn(folder))) {
          assertEquals("1", ask(database.url(), "SELECT 1"));
        }
      }
      assertTrue(unrelated.isAlive());
    } finally {
      unrelated.destroyForcibly();
    }
  }

  @Test
  void twoGatewaysDoNotShareAFolder() throws Exception {
    var settings = EmbeddedDatabaseSettings.keptIn(folder);
    try (var database = EmbeddedDatabase.start(settings)) {
      var refusal = assertThrows(CannotStart.class, () -> EmbeddedDatabase.start(settings));
      assertTrue(refusal.getMessage().contains("in use by another gateway"));
      try (var other = OtherGateway.run("hold", folder.toString())) {
        assertTrue(other.read("refused").contains("in use by another gateway"));
      }
      assertEquals("1", ask(database.url(), "SELECT 1"));
    }
  }

  @Test
  void aPortThatIsTakenIsSaidSo() throws Exception {
    try (var database = EmbeddedDatabase.start(EmbeddedDatabaseSettings.keptIn(folder))) {
      var settings =
          new EmbeddedDatabaseSettings(java.util.Optional.empty(), database.port(), 100, true);
      var refusal = assertThrows(CannotStart.class, () -> EmbeddedDatabase.start(settings));
      assertTrue(refusal.getMessage().contains("Address already in use"));
    }
  }

  @Test
  void dataOfAnotherMajorVersionIsLeftAlone() throws Exception {
    Path version = Files.createDirectories(folder.resolve("postgresql")).resolve("PG_VERSION");
    Files.writeString(version, "17\n");
    var settings = EmbeddedDatabaseSettings.keptIn(folder);
    var refusal = assertThrows(CannotStart.class, () -> EmbeddedDatabase.start(settings));
    assertTrue(refusal.getMessage().contains("PostgreSQL 17"));
    assertEquals("17\n", Files.readString(version));
  }

  @Test
  void afterAKillTheNextStartSucceedsAtTheFirstTryWithTheDataIntact() throws Exception {
    for (boolean guardKilledToo : new boolean[] {false, true}) {
      try (var other = OtherGateway.run("hold", folder.toString())) {
        String url = other.read("url");
        long postmaster = Long.parseLong(other.read("postmaster"));
        long guard = Long.parseLong(other.read("guard"));
        write(url, "CREATE TABLE IF NOT EXISTS kept (word text)");
        write(url, "INSERT INTO kept VALUES ('acknowledged')");
        if (guardKilledToo) {
          ProcessHandle.of(guard).orElseThrow().destroyForcibly();
        }
        other.kill();
        try (var database = EmbeddedDatabase.start(EmbeddedDatabaseSettings.keptIn(folder))) {
          assertNotEquals(postmaster, database.postmasterPid().getAsLong());
          assertEquals(
              guardKilledToo ? "2" : "1", ask(database.url(), "SELECT count(*) FROM kept"));
        }
      }
    }
  }

  @Test
  void aKilledGatewayLeavesNeitherPostmasterNorTemporaryFolder() throws Exception {
    try (var other = OtherGateway.run("hold")) {
      String url = other.read("url");
      Path temporary = Path.of(other.read("folder"));
      assertTrue(Files.exists(temporary));
      other.kill();
      eventually("the folder is gone", () -> !Files.exists(temporary));
      assertFalse(answers(url));
    }
  }

  @Test
  void twoProcessesUnpackingAtOnceBothFindTheWholePrograms() throws Exception {
    try (var one = OtherGateway.run("unpack", folder.toString());
        var two = OtherGateway.run("unpack", folder.toString())) {
      Path programs = Path.of(one.lastLine());
      assertEquals(programs, Path.of(two.lastLine()));
      String postgres = programs.resolve("bin/postgres").toString();
      assertTrue(Commands.run(List.of(postgres, "--version")).output().contains(" 18."));
    }
  }

  private static boolean answers(String url) {
    try {
      return ask(url, "SELECT 1").equals("1");
    } catch (SQLException e) {
      return false;
    }
  }

  private static String ask(String url, String question) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var answer = statement.executeQuery(question)) {
      assertTrue(answer.next());
      return answer.getString(1);
    }
  }

  private static void write(String url, String command) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(command);
    }
  }
}
