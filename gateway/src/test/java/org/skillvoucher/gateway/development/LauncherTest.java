package org.skillvoucher.gateway.development;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a checkout of its own, with JDKs and a Maven that are only scripts. */
final class LauncherTest {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("vgw.config", "../config")).resolveSibling("vgw");

  private final Path home;
  private final Path checkout;
  private final Map<String, String> environment = new TreeMap<>();

  LauncherTest(@TempDir Path folder) throws IOException {
    home = folder.toRealPath();
    checkout = home.resolve("a checkout");
  }

  @BeforeEach
  void aBuiltCheckout() throws IOException {
    for (String module : List.of("domain", "gateway", "simulator")) {
      Files.createDirectories(checkout.resolve(module).resolve("src/main"));
      Files.writeString(checkout.resolve(module).resolve("pom.xml"), "");
    }
    Files.createDirectories(checkout.resolve("config"));
    Files.writeString(checkout.resolve("config/pom.xml"), "");
    Files.writeString(checkout.resolve("pom.xml"), "");
    Files.copy(LAUNCHER, checkout.resolve("vgw"));
    script(
        "tools/mvn",
        """
        echo "mvn $*" >> "%1$s/built"
        mkdir -p gateway/target simulator/target
        touch gateway/target/gateway-1.jar simulator/target/simulator-1.jar
        """
            .formatted(home));
    environment.put("VGW_JVM_FOLDER", home.resolve("jvm").toString());
    environment.put("PATH", home.resolve("tools") + ":/usr/bin:/bin");
  }

  @Test
  void itIsPlainShell() {
    assertTrue(Commands.run(List.of("sh", "-n", LAUNCHER.toString())).succeeded());
  }

  @Test
  void theFirstJdkNewEnoughIsTaken() throws Exception {
    environment.put("VGW_JAVA_HOME", jdk("own", "25.0.3"));
    environment.put("JAVA_HOME", jdk("java-home", "26-ea"));
    assertTrue(vgw("config").contains("own/bin/java"));
  }

  @Test
  void oneThatIsTooOldIsPassedOver() throws Exception {
    environment.put("VGW_JAVA_HOME", jdk("own", "1.8.0_412"));
    environment.put("JAVA_HOME", jdk("java-home", "26-ea"));
    String output = vgw("config");
    assertTrue(output.contains("java-home/bin/java"), output);
    assertTrue(output.contains("VGW_JAVA_HOME"), output);
  }

  @Test
  void theOneOnThePathIsAskedWhereItLives() throws Exception {
    environment.put("JAVA_HOME", jdk("java-home", "17.0.15"));
    String real = jdk("real", "25");
    script(
        "tools/java",
        "echo 'Property settings:' >&2; echo '    java.home = %s' >&2".formatted(real));
    String output = vgw("config");
    assertTrue(output.contains("real/bin/java"), output);
  }

  @Test
  void theSystemsFolderIsSearchedLast() throws Exception {
    anOldOneOnThePath();
    jdk("jvm/a-17", "17.0.15");
    jdk("jvm/b-25", "25.0.1");
    String output = vgw("config");
    assertTrue(output.contains("jvm/b-25/bin/java"), output);
  }

  @Test
  void withoutOneItSaysWhatToInstallInBothLanguages() throws Exception {
    anOldOneOnThePath();
    jdk("jvm/a-17", "17.0.15");
    var outcome = run(checkout.resolve("vgw"), "config");
    assertEquals(2, outcome.exitCode(), outcome.output());
    assertTrue(outcome.output().contains("Install one"), outcome.output());
    assertTrue(outcome.output().contains("请安装"), outcome.output());
  }

  @Test
  void theReleaseFileSavesStartingIt() throws Exception {
    Path folder = Path.of(jdk("own", "17"));
    Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
    environment.put("VGW_JAVA_HOME", folder.toString());
    assertTrue(vgw("config").contains("own/bin/java"));
  }

  @Test
  void itBuildsOnlyWhenASourceIsNewer() throws Exception {
    environment.put("VGW_JAVA_HOME", jdk("own", "25"));
    assertTrue(vgw("config").contains("building"));
    vgw("config");
    assertEquals(1, builds());
    Path source = Files.writeString(checkout.resolve("domain/src/main/New.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
    vgw("config");
    assertEquals(2, builds());
  }

  @Test
  void aFailedBuildIsTriedAgain() throws Exception {
    environment.put("VGW_JAVA_HOME", jdk("own", "25"));
    script("tools/mvn", "echo x >> '%s/built'; exit 1".formatted(home));
    assertEquals(1, run(checkout.resolve("vgw"), "config").exitCode());
    assertEquals(1, run(checkout.resolve("vgw"), "config").exitCode());
    assertEquals(2, builds());
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    environment.put("VGW_JAVA_HOME", jdk("own", "25"));
    // A lock whose holder is dead is no obstacle either.
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Path lock = Files.createDirectories(checkout.resolve(".vgw")).resolve("build.lock");
    Files.createSymbolicLink(lock, Path.of("" + dead.pid()));
    Process one = start(checkout.resolve("vgw"), "config");
    Process two = start(checkout.resolve("vgw"), "config");
    assertEquals(0, one.waitFor());
    assertEquals(0, two.waitFor());
    assertEquals(1, builds());
    assertTrue(Files.notExists(lock, java.nio.file.LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void withoutMavenItSaysSo() throws Exception {
    environment.put("VGW_JAVA_HOME", jdk("own", "25"));
    for (String tool : List.of("sed", "head", "ls", "find", "dirname", "readlink", "cat")) {
      script("without-maven/" + tool, "PATH=/usr/bin:/bin exec %s \"$@\"".formatted(tool));
    }
    environment.put("PATH", home.resolve("without-maven").toString());
    var outcome = run(checkout.resolve("vgw"), "config");
    assertEquals(2, outcome.exitCode(), outcome.output());
    assertTrue(outcome.output().contains("Maven"), outcome.output());
  }

  @Test
  void argumentsArriveAsTheyWereFromAnyFolderThroughALink() throws Exception {
    environment.put("VGW_JAVA_HOME", jdk("own", "25"));
    environment.put("VGW_JAVA_OPTS", "-Done=1 -Dtwo=*");
    Path link = Files.createSymbolicLink(home.resolve("link"), Path.of("a checkout/vgw"));
    var outcome = run(link, "verify", "a b", "*", "", "line\nbreak");
    assertEquals(0, outcome.exitCode(), outcome.output());
    List<String> expected =
        List.of(
            "[-Dvgw.home=" + checkout + "]",
            "[-Done=1]",
            "[-Dtwo=*]",
            "[org.skillvoucher.gateway.Gateway]",
            "[verify]",
            "[a b]",
            "[*]",
            "[]",
            "[line");
    assertTrue(outcome.output().lines().toList().containsAll(expected), outcome.output());
  }

  @Test
  void commandsThatNeedTheOtherProgramGetItsCommandLine() throws Exception {
    environment.put("VGW_JAVA_HOME", jdk("own", "25"));
    String demo = vgw("demo");
    assertTrue(demo.contains("[org.skillvoucher.simulator.Simulator]\n[demo]"), demo);
    assertTrue(demo.contains("org.skillvoucher.gateway.Gateway\nstart-dev"), demo);
    String simulate = vgw("simulate");
    assertTrue(simulate.contains("[org.skillvoucher.simulator.Simulator]\n[simulate]"), simulate);
    assertTrue(simulate.contains("org.skillvoucher.gateway.Gateway\nstart-dev"), simulate);
    String report = vgw("report");
    assertTrue(report.contains("[org.skillvoucher.simulator.Simulator]\n[report]"), report);
    String startDev = vgw("start-dev");
    assertTrue(startDev.contains("[org.skillvoucher.gateway.Gateway]\n[start-dev]"), startDev);
    assertTrue(startDev.contains("org.skillvoucher.simulator.Simulator\nstubs"), startDev);
  }

  @Test
  void startDevAloneKeepsTheClassesItHasLoadedForItsNextStart() throws Exception {
    environment.put("VGW_JAVA_HOME", jdk("own", "25"));
    String kept =
        "-XX:SharedArchiveFile=%s".formatted(checkout.resolve("gateway/target/start-dev.jsa"));
    assertTrue(vgw("start-dev").contains("[" + kept + "]"));
    assertTrue(vgw("demo").contains("\n" + kept + "\n"));
    assertFalse(vgw("verify").contains("SharedArchiveFile"));
  }

  @Test
  void anUnknownVerbIsAUsageError() throws Exception {
    var outcome = run(checkout.resolve("vgw"), "dance");
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.output().contains("usage:"));
    assertEquals(0, run(checkout.resolve("vgw")).exitCode());
  }

  private void anOldOneOnThePath() throws IOException {
    script("tools/java", "echo '    java.home = %s' >&2".formatted(jdk("old", "17.0.15")));
  }

  /** A java that tells its version, or else its arguments and what it was handed. */
  private String jdk(String name, String version) throws IOException {
    script(
        name + "/bin/java",
        """
        if [ "$1" = -version ]; then
          echo 'Picked up JAVA_TOOL_OPTIONS: -Dx=y' >&2
          echo 'openjdk version "%s" 2026-01-20' >&2
          exit
        fi
        echo "$0"
        printf '[%%s]\\n' "$@"
        echo "$VGW_COMPANION"
        echo "$VGW_GATEWAY_COMMAND"
        """
            .formatted(version));
    script(name + "/bin/javac", "");
    return home.resolve(name).toString();
  }

  private void script(String name, String text) throws IOException {
    Path file = home.resolve(name);
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private long builds() throws IOException {
    return Files.readAllLines(home.resolve("built")).size();
  }

  private String vgw(String... arguments) throws Exception {
    var outcome = run(checkout.resolve("vgw"), arguments);
    assertEquals(0, outcome.exitCode(), outcome.output());
    return outcome.output();
  }

  private Commands.Outcome run(Path launcher, String... arguments) throws Exception {
    Process process = start(launcher, arguments);
    String output;
    try (var stream = process.getInputStream()) {
      output = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
    return new Commands.Outcome(process.waitFor(), output);
  }

  private Process start(Path launcher, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }
}
