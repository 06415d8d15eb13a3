package org.skillvoucher.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests of a whole class's life, and of what is refused, sent as they were recorded: each answer
 * must be the recorded one, byte for byte but for placeholders (see {@link RecordedPlaceholders}).
 * The files under {@code recorded/api} are in order, one node lives through all of them.
 *
 * <p>With {@code -Drecording=true} the requests are made and recorded anew by {@link
 * RecordedStory}; the difference then shows in version control what a change did to the API.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedApiTest {
  private static final String FOLDER = "api/";
  private static final String INDEX = FOLDER + "index.txt";
  private static final String METRICS = "metrics.txt";

  private RecordedNode node;
  private RecordedClient client;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    String database = TestPostgres.freshDatabase();
    RecordedNode.keepTokens(database);
    node =
        RecordedNode.start(database, folder, RecordedStory.FILED, Map.of("audit.interval", "1h"));
    RecordedPlaceholders placeholders = new RecordedPlaceholders(text -> false);
    client = new RecordedClient(node, placeholders);
    if (RecordedFiles.isRecording()) {
      record(new RecordedStory(client, placeholders));
    }
  }

  @AfterAll
  void close() {
    node.close();
  }

  @TestFactory
  Stream<DynamicContainer> eachAnswerIsTheRecordedOne() throws Exception {
    List<DynamicContainer> groups = new ArrayList<>();
    for (String name : text(INDEX).lines().toList()) {
      List<RecordedExchange> exchanges = RecordedExchange.parse(text(FOLDER + name));
      groups.add(
          DynamicContainer.dynamicContainer(
              name,
              exchanges.stream()
                  .map(
                      exchange ->
                          DynamicTest.dynamicTest(exchange.title(), () -> check(exchange)))));
    }
    groups.add(
        DynamicContainer.dynamicContainer(
            METRICS,
            Stream.of(
                DynamicTest.dynamicTest(
                    "the metrics have the recorded names",
                    () -> assertEquals(text(METRICS), metrics())))));
    return RecordedFiles.isRecording() ? Stream.of() : groups.stream();
  }

  private void check(RecordedExchange exchange) throws Exception {
    String difference = exchange.difference(client.replay(exchange));
    if (!difference.isEmpty()) {
      fail(difference);
    }
  }

  private static String text(String name) throws Exception {
    return new String(RecordedFiles.read(name), UTF_8);
  }

  /** The names of our own metrics; those of libraries and of the JVM are not ours to promise. */
  private String metrics() throws Exception {
    var request = HttpRequest.newBuilder(URI.create(node.address("management/metrics"))).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, HttpResponse.BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith("# TYPE vgw_"))
          .map(line -> line.substring("# TYPE ".length()) + "\n")
          .sorted()
          .reduce("", String::concat);
    }
  }

  private void record(RecordedStory story) throws Exception {
    try {
      String classId = new RecordedPreparation(story).play();
      new RecordedLessons(story, classId).play();
      new RecordedAfterwards(story, classId).play();
    } finally {
      StringBuilder index = new StringBuilder();
      for (var group : story.groups().entrySet()) {
        StringBuilder text = new StringBuilder();
        group.getValue().forEach(exchange -> text.append(exchange.text()));
        String name = group.getKey() + ".txt";
        RecordedFiles.write(FOLDER + name, text.toString().getBytes(UTF_8));
        index.append(name).append('\n');
      }
      RecordedFiles.write(INDEX, index.toString().getBytes(UTF_8));
    }
    RecordedFiles.write(METRICS, metrics().getBytes(UTF_8));
  }
}
