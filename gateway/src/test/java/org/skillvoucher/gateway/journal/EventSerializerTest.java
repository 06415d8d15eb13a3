package org.skillvoucher.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.voucher.VoucherEvent;

class EventSerializerTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  private final EventSerializer serializer = new EventSerializer();

  static Set<String> names() {
    return new TreeSet<>(EventNames.all());
  }

  @ParameterizedTest
  @MethodSource("names")
  void anEventIsWrittenAsItsGoldenFileHasIt(String name) throws IOException {
    Object event = Samples.event(name);
    assertEquals(name, serializer.manifest(event));
    assertEquals(golden(name), new String(serializer.toBinary(event), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("names")
  void aGoldenFileReadsAsTheEventItWas(String name) throws IOException {
    assertEquals(Samples.event(name), serializer.fromBinary(bytes(golden(name)), name));
  }

  @ParameterizedTest
  @MethodSource("names")
  void aMemberAddedByANewerVersionIsPassedOver(String name) throws IOException {
    String newer = "{\"added\":{\"by\":[1]}," + golden(name).substring(1);
    assertEquals(Samples.event(name), serializer.fromBinary(bytes(newer), name));
  }

  @ParameterizedTest
  @MethodSource("names")
  void aMissingMemberIsNotGuessed(String name) throws IOException {
    String older = golden(name).replaceFirst("\"at\":\"[^\"]*\"", "\"was\":0");
    var refused =
        assertThrows(
            NotSerializableException.class, () -> serializer.fromBinary(bytes(older), name));
    assertEquals("an event called " + name + " is unreadable", refused.getMessage());
  }

  @Test
  void everyEventHasANameAndEveryNameAGoldenFile() throws IOException {
    EventNames.check();
    Set<String> named =
        names().stream()
            .map(name -> Samples.event(name).getClass().getName())
            .collect(Collectors.toSet());
    Set<String> permitted =
        Stream.concat(
                Stream.of(VoucherEvent.class.getPermittedSubclasses()),
                Stream.of(ClassEvent.class.getPermittedSubclasses()))
            .map(Class::getName)
            .collect(Collectors.toSet());
    assertEquals(permitted, named);
    try (var files = Files.list(GOLDEN)) {
      assertEquals(
          names().stream().map(EventSerializerTest::fileOf).collect(Collectors.toSet()),
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
    }
  }

  @Test
  void anUnknownNameIsRefusedByName() {
    var refused =
        assertThrows(
            NotSerializableException.class,
            () -> serializer.fromBinary(bytes("{}"), "class.attended/9"));
    assertEquals("no event of this version is called class.attended/9", refused.getMessage());
  }

  @Test
  void whatIsNoEventIsNotWritten() {
    assertThrows(IllegalArgumentException.class, () -> serializer.toBinary("text"));
  }

  private static String golden(String name) throws IOException {
    return Files.readString(GOLDEN.resolve(fileOf(name))).strip();
  }

  private static String fileOf(String name) {
    return name.replace('/', '-') + ".json";
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
