package org.skillvoucher.simulator.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.skillvoucher.simulator.wire.Json;

/**
 * Runs the benchmark of journal and entity activation, which needs the gateway's classes, in a
 * process of its own.
 */
final class InProcess {
  /** The ratios of its measurements. */
  static final List<Ratio> RATIOS =
      List.of(
          new Ratio(
              "journal-to-raw",
              "journal, 1,024 asks ÷ raw INSERT of 100 rows",
              "journal",
              "raw inserts",
              Optional.of(new Ratio.Bound(0.4, 0.7, false))),
          new Ratio(
              "journal-followed-to-tagged",
              "journal followed by all ÷ the plugin's with a tag",
              "journal followed",
              "plugin with one tag",
              Optional.of(new Ratio.Bound(3.5, 5, false))),
          new Ratio(
              "activation",
              "activation, snapshot and 500 events ÷ none",
              "empty entity",
              "500 events, snapshot",
              Optional.of(new Ratio.Bound(2, 1.5, true))),
          new Ratio(
              "activation-between-snapshots",
              "the same, half way to the next snapshot",
              "empty entity",
              "half a snapshot later",
              Optional.empty()));

  private InProcess() {}

  /**
   * Runs it.
   *
   * @param command starts the process
   * @param line receives each line of its output
   * @return operations per second in each repetition, by name
   * @throws IOException when it fails; its standard error has the cause
   */
  static Map<String, List<Double>> measure(
      List<String> command, boolean quick, int repetitions, Consumer<String> line)
      throws IOException, InterruptedException {
    Path json = Files.createTempFile("vgw-bench-", ".json");
    try {
      List<String> all = new ArrayList<>(command);
      all.addAll(List.of("--json", json.toString(), "--repetitions", "" + repetitions));
      if (quick) {
        all.addAll(List.of("--millis", "1000", "--classes", "200"));
      }
      int exit = run(all, line);
      if (exit != 0) {
        throw new IOException("the measurement in the gateway's process ended with " + exit);
      }
      return read(Files.readAllBytes(json));
    } finally {
      Files.deleteIfExists(json);
    }
  }

  private static int run(List<String> command, Consumer<String> line)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("VGW_EXIT_ON_EOF", "true");
    Process process = builder.start();
    try (var output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      output.lines().forEach(line);
    }
    return process.waitFor();
  }

  static Map<String, List<Double>> read(byte[] json) {
    Map<String, List<Double>> samples = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : Json.read(json).properties()) {
      List<Double> values = new ArrayList<>();
      entry.getValue().forEach(value -> values.add(value.asDouble()));
      samples.put(entry.getKey(), List.copyOf(values));
    }
    return samples;
  }
}
