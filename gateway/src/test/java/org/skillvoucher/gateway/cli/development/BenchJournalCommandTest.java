package org.skillvoucher.gateway.cli.development;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.gateway.Gateway;

class BenchJournalCommandTest {
  @Test
  void everyContestantIsMeasuredOnARealPostgres(@TempDir Path folder) throws Exception {
    Path json = folder.resolve("samples.json");
    int exit =
        Gateway.commandLine()
            .execute(
                "bench-journal", "--json=" + json, "--repetitions=1", "--millis=50", "--classes=3");
    assertEquals(0, exit);

    var samples = new ObjectMapper().readTree(json.toFile());
    assertEquals(
        Set.of(
            "raw inserts",
            "journal",
            "journal followed",
            "plugin with one tag",
            "empty entity",
            "500 events, snapshot",
            "half a snapshot later"),
        samples.properties().stream().map(entry -> entry.getKey()).collect(Collectors.toSet()));
    assertTrue(
        samples.valueStream().allMatch(one -> one.size() == 1 && one.get(0).asDouble() > 0),
        samples::toString);
  }
}
