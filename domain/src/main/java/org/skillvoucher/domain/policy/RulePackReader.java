package org.skillvoucher.domain.policy;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import org.skillvoucher.domain.identity.Parsed;
import org.skillvoucher.domain.identity.RegionCode;

/**
 * Reads a rule pack from the text of its properties file: {@code region}, {@code effective-from},
 * and for each rule {@code K} its number, {@code K.rule} (the catalogue's id) and {@code K.clause}.
 * Reports all faults at once, because people correct a pack.
 */
public final class RulePackReader {
  private static final String REGION = "region";
  private static final String EFFECTIVE_FROM = "effective-from";
  private static final String RULE = ".rule";
  private static final String CLAUSE = ".clause";
  private static final Pattern RULE_ID = Pattern.compile("R\\d+");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");

  private final String file;
  private final List<Fault> faults = new ArrayList<>();
  private final Map<String, String> values = new HashMap<>();

  private RulePackReader(String file) {
    this.file = file;
  }

  /** What became of a file. */
  public sealed interface Reading {}

  public record Loaded(RulePack pack) implements Reading {}

  /** A file with a fault is rejected as a whole. */
  public record Faulty(List<Fault> faults) implements Reading {
    public Faulty {
      faults = List.copyOf(faults);
    }
  }

  /**
   * One thing wrong with a file.
   *
   * @param key the key concerned; empty when the file as a whole cannot be read
   */
  public record Fault(String file, String key, String reason) {
    @Override
    public String toString() {
      return key.isEmpty() ? file + ": " + reason : file + ": " + key + ": " + reason;
    }
  }

  /**
   * Reads a pack.
   *
   * @param file the file's name, for faults only
   * @param text of the file
   */
  public static Reading read(String file, String text) {
    return new RulePackReader(file).read(text);
  }

  private Reading read(String text) {
    try {
      values.putAll(PropertiesText.read(text, key -> fault(key, "occurs twice in the file")));
    } catch (IllegalArgumentException e) {
      fault("", String.valueOf(e.getMessage()));
      return new Faulty(faults);
    }
    refuseUnknownKeys();
    Optional<RegionCode> region = region();
    Optional<LocalDate> effectiveFrom = effectiveFrom();
    Map<RuleKey, Integer> numbers = new HashMap<>();
    Map<String, RulePack.Citation> citations = new HashMap<>();
    for (RuleKey key : RuleKey.values()) {
      number(key).ifPresent(number -> numbers.put(key, number));
      cite(key.key(), citations);
    }
    Map<String, Boolean> switches = new HashMap<>();
    for (String key : RuleKey.SWITCHES) {
      yesOrNo(key).ifPresent(on -> switches.put(key, on));
      cite(key, citations);
    }
    Optional<VoucherAtDoor> voucher = voucherAtDoor();
    cite(RuleKey.VOUCHER_AT_DOOR, citations);
    refuseLatenessNobodyCanReach(numbers);
    if (!faults.isEmpty()) {
      return new Faulty(faults);
    }
    String name = RulePack.nameOf(region.orElseThrow(), effectiveFrom.orElseThrow());
    return new Loaded(
        new RulePack(
            region.orElseThrow(),
            effectiveFrom.orElseThrow(),
            name,
            PackedRules.classRules(name, numbers, switches, voucher.orElseThrow()),
            new VoucherRules(name, PackedRules.of(numbers, RuleKey.VALIDITY)),
            new DirectoryRules(
                PackedRules.of(numbers, RuleKey.EDITION_MONTH),
                PackedRules.of(numbers, RuleKey.EDITION_DAY),
                PackedRules.of(numbers, RuleKey.BAR_YEARS)),
            citations));
  }

  private void fault(String key, String reason) {
    faults.add(new Fault(file, key, reason));
  }

  private void refuseUnknownKeys() {
    SequencedSet<String> known = knownKeys();
    values.keySet().stream()
        .filter(key -> !known.contains(key))
        .sorted()
        .forEach(
            key ->
                fault(
                    key,
                    Spelling.nearest(key, known)
                        .map(near -> "unknown key; did you mean " + near + "?")
                        .orElse("unknown key")));
  }

  private static SequencedSet<String> knownKeys() {
    SequencedSet<String> known = new LinkedHashSet<>(List.of(REGION, EFFECTIVE_FROM));
    List<String> rules = new ArrayList<>(RuleKey.SWITCHES);
    rules.add(RuleKey.VOUCHER_AT_DOOR);
    for (RuleKey key : RuleKey.values()) {
      rules.add(key.key());
    }
    for (String rule : rules) {
      known.add(rule);
      known.add(rule + RULE);
      known.add(rule + CLAUSE);
    }
    return known;
  }

  /** The value of a required key. */
  private Optional<String> value(String key) {
    Optional<String> value = Optional.ofNullable(values.get(key)).filter(text -> !text.isEmpty());
    if (value.isEmpty()) {
      fault(key, "missing");
    }
    return value;
  }

  private Optional<RegionCode> region() {
    return value(REGION)
        .flatMap(
            text ->
                switch (RegionCode.parse(text)) {
                  case Parsed.Valid<RegionCode>(var region) -> Optional.of(region);
                  case Parsed.Invalid<RegionCode>(var code, var reason) -> {
                    fault(REGION, reason);
                    yield Optional.empty();
                  }
                });
  }

  private Optional<LocalDate> effectiveFrom() {
    return value(EFFECTIVE_FROM)
        .flatMap(
            text -> {
              try {
                return Optional.of(LocalDate.parse(text));
              } catch (DateTimeException e) {
                fault(EFFECTIVE_FROM, "a day is written like 2025-01-31, not " + text);
                return Optional.empty();
              }
            });
  }

  private Optional<Integer> number(RuleKey key) {
    return value(key.key())
        .flatMap(
            text -> {
              if (!NUMBER.matcher(text).matches()) {
                fault(key.key(), "a whole number is needed, not " + text);
                return Optional.empty();
              }
              int number = Integer.parseInt(text);
              if (!key.allows(number)) {
                fault(key.key(), "must be " + key.bounds() + ", not " + number);
                return Optional.empty();
              }
              return Optional.of(number);
            });
  }

  private Optional<Boolean> yesOrNo(String key) {
    return value(key)
        .flatMap(
            text ->
                switch (text) {
                  case "true" -> Optional.of(true);
                  case "false" -> Optional.of(false);
                  default -> {
                    fault(key, "true or false is needed, not " + text);
                    yield Optional.empty();
                  }
                });
  }

  private Optional<VoucherAtDoor> voucherAtDoor() {
    return value(RuleKey.VOUCHER_AT_DOOR)
        .flatMap(
            text -> {
              Optional<VoucherAtDoor> choice = VoucherAtDoor.ofCode(text);
              if (choice.isEmpty()) {
                fault(
                    RuleKey.VOUCHER_AT_DOOR,
                    "not_needed, flagged or required is needed, not " + text);
              }
              return choice;
            });
  }

  private void cite(String key, Map<String, RulePack.Citation> citations) {
    Optional<String> rule = value(key + RULE);
    Optional<String> clause = value(key + CLAUSE);
    if (rule.isPresent() && !RULE_ID.matcher(rule.get()).matches()) {
      fault(key + RULE, "a rule's id is written like R41, not " + rule.get());
    } else if (rule.isPresent() && clause.isPresent()) {
      citations.put(key, new RulePack.Citation(rule.get(), clause.get()));
    }
  }

  private void refuseLatenessNobodyCanReach(Map<RuleKey, Integer> numbers) {
    Integer closes = numbers.get(RuleKey.SIGN_IN_CLOSES);
    Integer late = numbers.get(RuleKey.LATE);
    if (closes != null && late != null && late > closes) {
      fault(
          RuleKey.LATE.key(),
          "must be at most " + RuleKey.SIGN_IN_CLOSES.key() + " (" + closes + "), not " + late);
    }
  }
}
