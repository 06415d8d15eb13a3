package org.skillvoucher.simulator.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of a scenario file, being read.
 *
 * @param root all of it
 * @param faults what was found to be wrong so far
 */
public record ScenarioText(Section root, List<String> faults) {
  /** Reads a file, which is a mapping. */
  public static ScenarioText read(Path file) throws IOException, ScenarioInvalid {
    return read(file.toString(), Files.readString(file, UTF_8));
  }

  /** As {@link #read(Path)}, of a text that is told to lie in that file. */
  public static ScenarioText read(String file, String text) throws ScenarioInvalid {
    List<String> faults = new ArrayList<>();
    try {
      YamlNode node = YamlNode.read(text);
      if (!(node instanceof YamlNode.Members members)) {
        throw new ScenarioInvalid(List.of(file + ":" + node.line() + ": is no mapping"));
      }
      return new ScenarioText(new Section(file, "", members, faults), faults);
    } catch (YamlNode.Malformed e) {
      throw new ScenarioInvalid(List.of(file + ":" + e.line() + ": " + e.getMessage()));
    }
  }

  /** Everything was asked for: whatever is wrong is thrown. */
  public void end() throws ScenarioInvalid {
    root.end();
    if (!faults.isEmpty()) {
      throw new ScenarioInvalid(faults);
    }
  }
}
