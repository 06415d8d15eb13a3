package org.skillvoucher.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Data that an earlier version wrote opens with this one: journal, snapshots, read models, vault,
 * tokens and keys as they were recorded. Receipts come back byte for byte, and everything goes on.
 *
 * <p>With {@code -Drecording=true} data and answers are recorded anew, which gives up the proof for
 * data recorded before. With {@code -DrecordingAnswers=true} the answers alone are, after members
 * were added to them.
 */
class OldDataFolderTest {
  private static final String TABLES = "data/tables.txt";
  private static final String WHOLE = "data/whole.txt";
  private static final String SNAPSHOTS = "data/snapshots.txt";

  private final Path folder;

  OldDataFolderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void recordIfAsked(@TempDir Path folder) throws Exception {
    if (RecordedFiles.isRecording()) {
      new OldDataFolderTest(folder).record();
    }
  }

  @Test
  void whatAnEarlierVersionWroteIsFoundAndGoesOn() throws Exception {
    assumeFalse(RecordedFiles.isRecording());
    String tables = text(TABLES);
    replay(loaded(tables), tables, WHOLE);
  }

  /** Without the events before them, nothing but the snapshots can have held the states. */
  @Test
  void theSnapshotsOfAnEarlierVersionAreRead() throws Exception {
    assumeFalse(RecordedFiles.isRecording());
    String tables = text(TABLES);
    String database = loaded(tables);
    assertEquals(
        List.of("class", "institution", "voucher"),
        RecordedTables.forgetWhatSnapshotsHold(database));
    replay(database, tables, SNAPSHOTS);
  }

  private static String loaded(String tables) throws Exception {
    String database = TestPostgres.freshDatabase();
    RecordedTables.load(database, tables);
    return database;
  }

  private void replay(String database, String tables, String file) throws Exception {
    List<String> differences = new ArrayList<>();
    StringBuilder answered = new StringBuilder();
    try (RecordedNode node = node(database, Map.of())) {
      var client = new RecordedClient(node, new RecordedPlaceholders(tables::contains));
      for (RecordedExchange exchange : RecordedExchange.parse(text(file))) {
        List<String> answer = client.replay(exchange);
        answered.append(exchange.answered(answer).text());
        String difference = exchange.difference(answer);
        if (!difference.isEmpty()) {
          differences.add(difference);
        }
      }
    }
    if (Boolean.getBoolean("recordingAnswers")) {
      RecordedFiles.write(file, answered.toString().getBytes(UTF_8));
      return;
    }
    if (!differences.isEmpty()) {
      fail(String.join("\n\n", differences));
    }
  }

  private RecordedNode node(String database, Map<String, String> settings) throws Exception {
    return RecordedNode.start(database, folder, RecordedStory.FILED, settings);
  }

  private static String text(String name) throws Exception {
    return new String(RecordedFiles.read(name), UTF_8);
  }

  private void record() throws Exception {
    String database = TestPostgres.freshDatabase();
    RecordedNode.keepTokens(database);
    RecordedData data;
    RecordedStory before;
    try (RecordedNode node = node(database, Map.of("entity.snapshot-every", "36"))) {
      before = story(node, "");
      data = new RecordedData(before);
      data.play();
    }
    String tables = RecordedTables.dump(database);
    RecordedFiles.write(TABLES, tables.getBytes(UTF_8));
    try (RecordedNode node = node(loaded(tables), Map.of())) {
      RecordedStory story = story(node, tables);
      new RecordedDataChecks(story, data, before).play(WHOLE);
      write(story);
    }
    String fromSnapshots = loaded(tables);
    RecordedTables.forgetWhatSnapshotsHold(fromSnapshots);
    try (RecordedNode node = node(fromSnapshots, Map.of())) {
      RecordedStory story = story(node, tables);
      new RecordedDataChecks(story, data, before).playFromSnapshots(SNAPSHOTS);
      write(story);
    }
  }

  private static RecordedStory story(RecordedNode node, String tables) {
    RecordedPlaceholders placeholders =
        new RecordedPlaceholders(text -> !tables.isEmpty() && tables.contains(text));
    return new RecordedStory(new RecordedClient(node, placeholders), placeholders);
  }

  private static void write(RecordedStory story) throws Exception {
    for (var group : story.groups().entrySet()) {
      StringBuilder text = new StringBuilder();
      group.getValue().forEach(exchange -> text.append(exchange.text()));
      RecordedFiles.write(group.getKey(), text.toString().getBytes(UTF_8));
    }
  }
}
