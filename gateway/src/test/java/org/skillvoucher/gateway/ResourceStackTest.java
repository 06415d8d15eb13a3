package org.skillvoucher.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourceStackTest {
  private final List<String> closed = new ArrayList<>();

  @Test
  void whatWasStartedLastEndsFirstAndOnce() {
    var running = new ResourceStack();
    running.add(() -> closed.add("first"));
    running.add(() -> closed.add("second"));
    running.close();
    running.close();
    assertEquals(List.of("second", "first"), closed);
  }

  @Test
  void aResourceThatFailsToCloseDoesNotStopTheOthersFromClosing() {
    var running = new ResourceStack();
    running.add(() -> closed.add("first"));
    running.add(
        () -> {
          throw new IllegalStateException("stuck");
        });
    running.close();
    assertEquals(List.of("first"), closed);
  }

  @Test
  void aTemporaryFolderIsGoneAtTheEnd() throws Exception {
    var running = new ResourceStack();
    Path folder = running.temporaryFolder();
    Files.writeString(folder.resolve("file"), "text");
    running.close();
    assertFalse(Files.exists(folder));
  }
}
