package org.skillvoucher.simulator.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.simulator.report.Measured.Second;
import org.skillvoucher.simulator.report.Measured.Work;

class GoodputTest {
  private final List<Second> seconds = new ArrayList<>();

  private void seconds(int count, long planned, long accepted) {
    for (int i = 0; i < count; i++) {
      seconds.add(
          new Second(
              seconds.size(), planned, planned, accepted, accepted, 0, 0, Delays.none(), Map.of()));
    }
  }

  private Measured run(Map<String, Long> errors) {
    return new Measured(
        new Measured.Run(
            "overload", 1, "own", Instant.EPOCH, seconds.size(), 5, 1, List.of(), Map.of()),
        new Work(900, 900, 300, 300, 0, 0, 0, 600, Delays.none(), errors),
        Work.none(),
        seconds,
        List.of(),
        List.of(),
        List.of(),
        Thresholds.read(
            Map.of("goodput", List.of("rate > 80 %")), (path, fault) -> assertEquals("", fault)),
        List.of());
  }

  @Test
  void itIsWhatIsAcceptedOfThePeakWhileFarMoreCome() {
    seconds(5, 5_000, 5_000); // warming up
    seconds(30, 1_000, 1_000);
    seconds(10, 1_400, 900);
    seconds(30, 3_000, 700);
    Measured run = run(Map.of());
    assertEquals(Optional.of(new Goodput(1_000, 700)), Goodput.of(run));
    assertFalse(run.judgements().getFirst().met());
  }

  @Test
  void withoutOverloadThereIsNone() {
    seconds(5, 1, 1);
    seconds(30, 1_000, 1_000);
    seconds(29, 3_000, 1_000);
    assertEquals(Optional.empty(), Goodput.of(run(Map.of())));
  }

  @Test
  void answersThatDoNotSayWhenToComeAgainAreCountedBesideThoseThatDo() {
    assertEquals("try_again", ComeAgain.code(503, "try_again", true));
    assertEquals("not_found", ComeAgain.code(404, "not_found", false));
    String unsaid = ComeAgain.code(503, "try_again", false);
    ComeAgain again = ComeAgain.of(run(Map.of("try_again", 90L, unsaid, 10L)).scans());
    assertEquals(new ComeAgain(100, 10, 400), again);
    assertEquals(0.25, again.share());
  }
}
