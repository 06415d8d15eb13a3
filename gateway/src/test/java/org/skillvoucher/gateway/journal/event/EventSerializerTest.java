package org.skillvoucher.gateway.journal.event;

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
import org.skillvoucher.domain.institution.InstitutionEvent;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.voucher.VoucherEvent;

class EventSerializerTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  private final EventSerializer serializer = new EventSerializer();

  /** The names of events, and those of their variants: {@code name+variant}. */
  static Set<String> samples() {
    Set<String> samples = new TreeSet<>(EventNames.all());
    samples.addAll(Samples.VARIANTS);
    return samples;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void anEventIsWrittenAsItsGoldenFileHasIt(String sample) throws IOException {
    Object event = Samples.event(sample);
    assertEquals(nameOf(sample), serializer.manifest(event));
    assertEquals(golden(sample), new String(serializer.toBinary(event), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aGoldenFileReadsAsTheEventItWas(String sample) throws IOException {
    assertEquals(
        Samples.event(sample), serializer.fromBinary(bytes(golden(sample)), nameOf(sample)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aMemberAddedByANewerVersionIsPassedOver(String sample) throws IOException {
    String newer = "{\"added\":{\"by\":[1]}," + golden(sample).substring(1);
    assertEquals(Samples.event(sample), serializer.fromBinary(bytes(newer), nameOf(sample)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aMissingMemberIsNotGuessed(String sample) throws IOException {
    String name = nameOf(sample);
    String older = golden(sample).replaceFirst("\"at\":\"[^\"]*\"", "\"was\":0");
    var refused =
        assertThrows(
            NotSerializableException.class, () -> serializer.fromBinary(bytes(older), name));
    assertEquals("an event called " + name + " is unreadable", refused.getMessage());
  }

  @Test
  void everyEventHasANameAndEveryNameAGoldenFile() throws IOException {
    EventNames.check();
    Set<String> named =
        samples().stream()
            .map(sample -> Samples.event(sample).getClass().getName())
            .collect(Collectors.toSet());
    Set<String> permitted =
        Stream.of(VoucherEvent.class, ClassEvent.class, InstitutionEvent.class)
            .flatMap(events -> Stream.of(events.getPermittedSubclasses()))
            .map(Class::getName)
            .collect(Collectors.toSet());
    assertEquals(permitted, named);
    try (var files = Files.list(GOLDEN)) {
      assertEquals(
          samples().stream().map(EventSerializerTest::fileOf).collect(Collectors.toSet()),
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

  private static String golden(String sample) throws IOException {
    return Files.readString(GOLDEN.resolve(fileOf(sample))).strip();
  }

  private static String fileOf(String sample) {
    return sample.replace('/', '-') + ".json";
  }

  private static String nameOf(String sample) {
    return sample.contains("+") ? sample.substring(0, sample.indexOf('+')) : sample;
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
