package org.skillvoucher.gateway.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentKeyTest {
  @Test
  void aKeyOnceMadeIsTheSameForEver(@TempDir Path folder) throws IOException {
    byte[] first = DeploymentKey.loadOrCreate(folder).subKey("a");
    assertArrayEquals(first, DeploymentKey.loadOrCreate(folder).subKey("a"));
    assertArrayEquals(first, DeploymentKey.load(folder).subKey("a"));
  }

  @Test
  void onlyTheOwnerMayReadTheFileAndNoDraftIsLeft(@TempDir Path folder) throws IOException {
    DeploymentKey.create(folder.resolve("new/keys"));
    try (var files = Files.list(folder.resolve("new/keys"))) {
      var only = files.toList();
      assertEquals(1, only.size());
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(only.get(0))));
    }
  }

  @Test
  void aKeyIsNeverOverwritten(@TempDir Path folder) throws IOException {
    DeploymentKey.create(folder);
    String before = Files.readString(folder.resolve(DeploymentKey.FILE));
    assertThrows(FileAlreadyExistsException.class, () -> DeploymentKey.create(folder));
    assertEquals(before, Files.readString(folder.resolve(DeploymentKey.FILE)));
  }

  @Test
  void manyStartersAtOnceGetOneKey(@TempDir Path folder) {
    var starters =
        IntStream.range(0, 16)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try {
                            return Arrays.hashCode(DeploymentKey.loadOrCreate(folder).subKey("a"));
                          } catch (IOException e) {
                            throw new UncheckedIOException(e);
                          }
                        }))
            .toList();
    Set<Integer> keys = new HashSet<>();
    starters.forEach(starter -> keys.add(starter.join()));
    assertEquals(1, keys.size());
  }

  @Test
  void productionDoesNotStartWithoutAKey(@TempDir Path folder) {
    assertThrows(NoSuchFileException.class, () -> DeploymentKey.load(folder));
  }

  @Test
  void aKeyOthersMayReadIsRefused(@TempDir Path folder) throws IOException {
    DeploymentKey.create(folder);
    Files.setPosixFilePermissions(
        folder.resolve(DeploymentKey.FILE), PosixFilePermissions.fromString("rw-r-----"));
    var refusal = assertThrows(IOException.class, () -> DeploymentKey.load(folder));
    assertTrue(String.valueOf(refusal.getMessage()).contains("chmod 600"));
  }

  @Test
  void aDamagedKeyIsRefusedWithoutQuotingIt(@TempDir Path folder) throws IOException {
    DeploymentKey.create(folder);
    Path file = folder.resolve(DeploymentKey.FILE);
    for (String damaged : Set.of("", "abcd", "x" + "a".repeat(63), "a".repeat(66))) {
      Files.writeString(file, damaged);
      var refusal = assertThrows(IOException.class, () -> DeploymentKey.load(folder));
      assertEquals(file + " does not hold 64 hexadecimal digits", refusal.getMessage());
      assertEquals(null, refusal.getCause());
    }
  }

  @Test
  void theKeyDoesNotPrintItself(@TempDir Path folder) throws IOException {
    assertEquals("DeploymentKey", DeploymentKey.loadOrCreate(folder).toString());
  }

  @Test
  void eachPurposeHasHashesOfItsOwn() {
    var hash = new DeploymentKeyedHash(new DeploymentKey(Gm.random(32)));
    byte[] input = Gm.utf8("990101199003150015");
    assertEquals(32, hash.of("a", input).length);
    assertArrayEquals(hash.of("a", input), hash.of("a", input));
    assertFalse(Arrays.equals(hash.of("a", input), hash.of("b", input)));
    assertFalse(Arrays.equals(hash.of("ab", Gm.utf8("c")), hash.of("a", Gm.utf8("bc"))));
  }

  @Test
  void anotherDeploymentHasOtherHashes() {
    byte[] input = Gm.utf8("990101199003150015");
    var here = new DeploymentKeyedHash(new DeploymentKey(Gm.random(32)));
    var there = new DeploymentKeyedHash(new DeploymentKey(Gm.random(32)));
    assertFalse(Arrays.equals(here.of("a", input), there.of("a", input)));
  }
}
