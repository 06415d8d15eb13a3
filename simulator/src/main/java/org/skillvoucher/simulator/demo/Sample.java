package org.skillvoucher.simulator.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.policy.RulePack;
import org.skillvoucher.domain.policy.RulePackReader;
import org.skillvoucher.simulator.gateway.UnexpectedAnswer;
import org.skillvoucher.simulator.platform.Card;
import org.skillvoucher.simulator.platform.CardsFile;
import org.skillvoucher.simulator.wire.Json;

/**
 * The input of the story, read from {@code config/sample}.
 *
 * @param rosterBytes the roster as it is sent
 * @param trainees who must get onto the roster, in its order
 * @param strangers people with cards who are on no roster
 * @param dayOne the first day of lessons
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Sample(
    Path config,
    ObjectNode filing,
    SampleRoster roster,
    byte[] rosterBytes,
    List<Trainee> trainees,
    List<Trainee> strangers,
    List<Lesson> lessons,
    LocalDate dayOne) {

  /** The sample as it looks on that day; its first lesson is on the next. */
  static Sample read(Path config, LocalDate today) throws IOException {
    Path folder = config.resolve("sample");
    SampleRoster roster = SampleRoster.read(folder.resolve("roster.csv"), today);
    List<Card> cards = CardsFile.read(folder.resolve("cards.csv"));
    Map<String, Trainee> byNumber =
        cards.stream()
            .map(Trainee::of)
            .collect(Collectors.toMap(Trainee::number, Function.identity()));
    List<String> numbers =
        roster.enrolled().stream().map(SampleRoster.Row::number).flatMap(Optional::stream).toList();
    List<Trainee> trainees =
        numbers.stream()
            .map(number -> Optional.ofNullable(byNumber.get(number)))
            .map(found -> found.orElseThrow(() -> new UnexpectedAnswer("a trainee has no card")))
            .toList();
    return new Sample(
        config,
        (ObjectNode) Json.read(Files.readAllBytes(folder.resolve("filing.json"))),
        roster,
        Files.readAllBytes(folder.resolve("roster.csv")),
        new ArrayList<>(trainees),
        cards.stream().map(Trainee::of).filter(who -> !numbers.contains(who.number())).toList(),
        TimetableFile.read(folder.resolve("timetable.csv"), today.plusDays(1)),
        today.plusDays(1));
  }

  /** The first teacher of the filing, with a card. */
  Trainee teacher() {
    var teacher = filing.path("teachers").path(0);
    return new Trainee(
        Json.text(teacher, "name"),
        Json.text(teacher, "number"),
        "A99900001",
        "990100D15600000500000000000000EE");
  }

  /** The rule pack of that name, such as {@code 990000/2025-01-01}. */
  RulePack rulePack(String name) {
    String file = name + ".properties";
    try {
      return switch (RulePackReader.read(
          file, Files.readString(config.resolve("rules").resolve(file), UTF_8))) {
        case RulePackReader.Loaded(var pack) -> pack;
        case RulePackReader.Faulty(var faults) -> throw new UnexpectedAnswer(faults.toString());
      };
    } catch (IOException e) {
      throw new UnexpectedAnswer("cannot read the rule pack " + file, e);
    }
  }
}
