package org.skillvoucher.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.simulator.keys.TestKeys;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.wire.StubReply;
import org.skillvoucher.simulator.wire.StubServer;
import picocli.CommandLine;

final class CheckCommandTest {
  private static final String EMPTY = "{\"items\":[],\"nextCursor\":\"c\",\"upToDate\":true}";
  private static final String LOST =
      """
      {"i":0,"t":1,"type":"ok","idem":"k","entity":"C1","http":201,"receiptSha":"%s"}
      """
          .formatted("0123456789abcdef".repeat(4));

  private final String certificates = TestKeys.published(TestKeys.pair());
  private final StubServer server =
      StubServer.start(
          0,
          1_000,
          new StubServer.Route(
              "GET",
              "/v1/keys",
              request ->
                  new StubReply(200, Map.of(), certificates.getBytes(StandardCharsets.US_ASCII))),
          new StubServer.Route(
              "GET",
              "/v1/journal",
              request ->
                  request.required("Authorization").equals("Bearer secret")
                      ? StubReply.json(200, Json.read(EMPTY.getBytes(StandardCharsets.UTF_8)))
                      : StubReply.problem(403, "forbidden", "no")));
  private final Path folder;
  private final Path tokens;

  CheckCommandTest(@TempDir Path folder) {
    this.folder = folder;
    tokens = folder.resolve("tokens.json");
  }

  @BeforeEach
  void keepTokens() throws IOException {
    Files.writeString(tokens, "{\"auditor\":\"secret\",\"operator\":\"other\"}");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private int check(String... histories) {
    CommandLine command = new CommandLine(new CheckCommand());
    String[] arguments = new String[histories.length + 4];
    System.arraycopy(histories, 0, arguments, 4, histories.length);
    arguments[0] = "--gateway";
    arguments[1] = server.url() + "/";
    arguments[2] = "--tokens";
    arguments[3] = tokens.toString();
    return command.execute(arguments);
  }

  private String history(String text) throws IOException {
    Path file = folder.resolve("h.jsonl");
    Files.writeString(file, text);
    return file.toString();
  }

  @Test
  void nothingWrongIsZeroAndALostReceiptIsOne() throws IOException {
    assertEquals(0, check());
    assertEquals(0, check(history("")));
    assertEquals(1, check(history(LOST)));
  }

  @Test
  void whatCannotBeReadIsTwo() throws IOException {
    assertEquals(2, check(folder.resolve("none.jsonl").toString()));
    assertEquals(2, check(history("{")));
    Files.writeString(tokens, "{\"operator\":\"other\"}");
    assertEquals(2, check());
    Files.writeString(tokens, "no JSON");
    assertEquals(2, check());
  }

  @Test
  void aGatewayThatDoesNotShowItsJournalIsThree() throws IOException {
    Files.writeString(tokens, "{\"auditor\":\"other\"}");
    assertEquals(3, check());
  }
}
