package org.skillvoucher.simulator.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.simulator.report.Measured.Run;
import org.skillvoucher.simulator.screen.Screen;
import picocli.CommandLine;

final class ReportCommandTest {
  private static int report(Object... arguments) {
    List<String> words = List.of(arguments).stream().map(Object::toString).toList();
    return new CommandLine(new ReportCommand()).execute(words.toArray(String[]::new));
  }

  private static Measured secondPart(Measured run) {
    Run one = run.run();
    return new Measured(
        new Run(
            one.scenario(),
            one.seed(),
            one.gateway(),
            one.started().plusSeconds(1),
            one.seconds(),
            one.warmUp(),
            1,
            one.machines(),
            one.facts()),
        run.scans(),
        run.batches(),
        run.seconds(),
        run.usage(),
        List.of(),
        List.of(),
        run.thresholds(),
        run.checks());
  }

  @Test
  void partsBecomeOnePageAndOneFileWhichIsAPartAgain(@TempDir Path folder) throws Exception {
    Path first = folder.resolve("1.json");
    Path second = folder.resolve("2.json");
    MeasuredFile.write(SyntheticRuns.goodDay(), first);
    MeasuredFile.write(secondPart(SyntheticRuns.goodDay()), second);
    Path page = folder.resolve("all.html");
    Path sum = folder.resolve("all.json");
    assertEquals(0, report(first, second, "--html", page, "--json", sum));
    assertTrue(Files.readString(page).contains("Passed"));
    Measured whole = MeasuredFile.read(sum);
    assertEquals(2, whole.run().parts());
    assertEquals(2 * SyntheticRuns.goodDay().scans().accepted(), whole.scans().accepted());
    assertEquals(0, report(sum));
  }

  @Test
  void theExitCodeIsThatOfTheRun(@TempDir Path folder) throws Exception {
    Path missed = folder.resolve("missed.json");
    Path broken = folder.resolve("broken.json");
    MeasuredFile.write(SyntheticRuns.morningPeak(), missed);
    MeasuredFile.write(SyntheticRuns.lossy(), broken);
    assertEquals(99, report(missed));
    assertEquals(1, report(broken));
  }

  @Test
  void filesThatAreNotPartsOfOneRunAreWrongUsage(@TempDir Path folder) throws Exception {
    Path one = folder.resolve("one.json");
    MeasuredFile.write(SyntheticRuns.goodDay(), one);
    assertEquals(2, report(one, one));
    assertEquals(2, report(Files.writeString(folder.resolve("other.json"), "{}")));
    assertEquals(2, report(folder.resolve("nowhere.json")));
    assertEquals(2, report());
  }

  @Test
  void theTerminalShowsHeadlineThresholdsAndChecks() {
    var out = new ByteArrayOutputStream();
    Summary.show(
        SyntheticRuns.morningPeak(),
        Screen.plain(new PrintStream(out, true, StandardCharsets.UTF_8)));
    String said = out.toString(StandardCharsets.UTF_8);
    assertTrue(said.contains("Threshold missed 未达标"), said);
    assertTrue(said.contains("✗ scan.accepted"), said);
    assertTrue(said.contains("expected: rate > 1000 /s"), said);
    assertTrue(said.contains("✓ C4"), said);
  }

  @Test
  void aCheckThatComparedNothingIsNotTicked() {
    var out = new ByteArrayOutputStream();
    Measured run = SyntheticRuns.morningPeak();
    Summary.show(
        Runs.with(run, List.of(new Measured.Check("C2", "nothing refused 拒绝", 0, 0, List.of()))),
        Screen.plain(new PrintStream(out, true, StandardCharsets.UTF_8)));
    String said = out.toString(StandardCharsets.UTF_8);
    assertTrue(said.contains("– C2"), said);
    assertFalse(said.contains("✓ C2"), said);
  }
}
