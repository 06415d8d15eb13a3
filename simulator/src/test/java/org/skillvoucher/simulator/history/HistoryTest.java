package org.skillvoucher.simulator.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HistoryTest {
  private static final HistoryEntry SENT =
      HistoryEntry.invoke(3, 1_000_001, "key \"1\"", "C1", "D1-1", 7);

  private final Path folder;

  HistoryTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private List<HistoryEntry> read() throws IOException {
    List<HistoryEntry> entries = new ArrayList<>();
    HistoryReader.read(folder.resolve("h.jsonl"), entries::add);
    return entries;
  }

  private void write(List<HistoryEntry> entries) throws IOException {
    try (HistoryWriter writer = HistoryWriter.begin(folder.resolve("h.jsonl"))) {
      entries.forEach(writer::put);
    }
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    List<HistoryEntry> entries =
        List.of(
            SENT,
            SENT.answered(1_000_900, 201, "UjE"),
            SENT.answered(1_000_901, 409, ""),
            SENT.answered(1_000_902, 0, ""),
            HistoryEntry.invoke(0, 0, "k2", "C2", "", 0));
    write(entries);
    assertEquals(entries, read());
  }

  @Test
  void aLineHasTheMembersOfTheFormatAndOmitsEmptyOnes() throws IOException {
    write(List.of(SENT, SENT.answered(1_000_900, 201, "UjE")));
    assertEquals(
        """
        {"i":3,"t":1000001,"type":"invoke","idem":"key \\"1\\"","entity":"C1","dev":"D1-1","ctr":7}
        {"i":3,"t":1000900,"type":"ok","idem":"key \\"1\\"","entity":"C1","dev":"D1-1","ctr":7,\
        "http":201,"receiptSha":"a791366f6f6201254edcac9ec72017b12d8a69513b5e1e29a29a4048ffb16e27",\
        "receiptB64":"UjE"}
        """,
        Files.readString(folder.resolve("h.jsonl")));
  }

  @ParameterizedTest
  @CsvSource({
    "200,OK",
    "201,OK",
    "202,OK",
    "400,FAIL",
    "429,FAIL",
    "500,INFO",
    "503,INFO",
    "0,INFO"
  })
  void onlyA4xxIsAFailure(int http, HistoryEntry.Type type) {
    assertEquals(type, HistoryEntry.Type.of(http));
  }

  @Test
  void entriesOfManyThreadsAreAllWrittenInEachThreadsOrder() throws Exception {
    int clients = 8;
    int each = 20_000; // together more than the queue takes at once
    try (HistoryWriter writer = HistoryWriter.begin(folder.resolve("h.jsonl"))) {
      List<Thread> threads = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        int own = client;
        threads.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      for (int i = 0; i < each; i++) {
                        writer.put(
                            HistoryEntry.invoke(own, i, "k" + own + "-" + i, "C1", "D1-1", 1));
                      }
                    }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    Map<Integer, Long> next = new TreeMap<>();
    for (HistoryEntry entry : read()) {
      assertEquals(next.getOrDefault(entry.client(), 0L), entry.micros());
      next.put(entry.client(), entry.micros() + 1);
    }
    assertEquals(clients, next.size());
    assertTrue(next.values().stream().allMatch(count -> count == each), next::toString);
  }

  @Test
  void aFullDiskFailsTheWriter() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    HistoryWriter writer = HistoryWriter.begin(full);
    writer.put(SENT);
    assertThrows(UncheckedIOException.class, writer::close);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"i\":1,\"t\":1,\"type\":\"ok\",\"idem\":\"k\",\"ent",
        "{\"i\":1,\"t\":1,\"type\":\"maybe\",\"idem\":\"k\",\"entity\":\"C1\"}",
        "{\"i\":1,\"t\":1,\"type\":\"ok\",\"idem\":\"k\",\"entity\":\"C1\",\"more\":1}",
        "{\"i\":\"1\",\"t\":1,\"type\":\"ok\",\"idem\":\"k\",\"entity\":\"C1\"}",
        "{\"i\":1,\"i\":1,\"t\":1,\"type\":\"ok\",\"idem\":\"k\",\"entity\":\"C1\"}",
        "{\"i\":1,\"t\":1,\"type\":\"ok\",\"entity\":\"C1\"}",
        "{\"i\":1,\"t\":1,\"type\":\"ok\",\"idem\":\"k\",\"entity\":\"C1\"} {}",
        "{\"i\":99999999999,\"t\":1,\"type\":\"ok\",\"idem\":\"k\",\"entity\":\"C1\"}",
        "[]",
        ""
      })
  void anInvalidLineIsReportedWithItsNumber(String line) throws IOException {
    write(List.of(SENT));
    Files.writeString(folder.resolve("h.jsonl"), line + "\n", StandardOpenOption.APPEND);
    HistoryInvalid invalid = assertThrows(HistoryInvalid.class, this::read);
    assertTrue(String.valueOf(invalid.getMessage()).contains("h.jsonl:2: "), invalid::toString);
  }
}
