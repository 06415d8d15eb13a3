package org.skillvoucher.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.skillvoucher.domain.identity.Parsed;

/**
 * Reads the members of an object and collects their faults, so that one answer reports all of them.
 * A faulty member reads as empty; call {@link #refuseIfFaulty} before using the values.
 */
public final class Fields {
  /** Bounds the answer to a hostile body. */
  private static final int FAULTS_MAX = 50;

  private final ObjectNode object;
  private final String pointer;
  private final List<Problem.Fault> faults;

  private Fields(ObjectNode object, String pointer, List<Problem.Fault> faults, Set<String> known) {
    this.object = object;
    this.pointer = pointer;
    this.faults = faults;
    object
        .propertyStream()
        .map(Map.Entry::getKey)
        .filter(name -> !known.contains(name))
        .forEach(name -> fault(name, new Text("is not known here", "未知字段")));
  }

  /** The members of a whole body; an unknown member is a fault. */
  public static Fields of(ObjectNode body, String... known) {
    return new Fields(body, "", new ArrayList<>(), Set.of(known));
  }

  public void refuseIfFaulty() {
    if (!faults.isEmpty()) {
      throw new ProblemException(Problem.invalid(faults));
    }
  }

  public void fault(String name, Text detail) {
    if (faults.size() < FAULTS_MAX) {
      faults.add(Problem.Fault.at(place(name), detail));
    }
  }

  private String place(String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  /** A required text that is not blank. */
  public Optional<String> text(String name, int charactersMax) {
    Optional<String> text = string(name).flatMap(value -> bounded(name, value, charactersMax));
    if (text.isPresent() && text.get().isBlank()) {
      fault(name, new Text("must not be blank", "不能为空白"));
      return Optional.empty();
    }
    return text;
  }

  /** A required text that may be empty. */
  public Optional<String> anyText(String name, int charactersMax) {
    return string(name).flatMap(value -> bounded(name, value, charactersMax));
  }

  /** An optional text; missing and empty are the same. */
  public String textOrEmpty(String name, int charactersMax) {
    return object.has(name) ? anyText(name, charactersMax).orElse("") : "";
  }

  private Optional<String> string(String name) {
    JsonNode node = object.get(name);
    if (node == null) {
      missing(name);
      return Optional.empty();
    }
    if (!node.isTextual()) {
      fault(name, new Text("must be a string", "应为字符串"));
      return Optional.empty();
    }
    return Optional.of(node.textValue());
  }

  private Optional<String> bounded(String name, String value, int charactersMax) {
    if (value.codePointCount(0, value.length()) <= charactersMax) {
      return Optional.of(value);
    }
    fault(
        name,
        new Text(
            "must be of at most " + charactersMax + " characters", "最多 " + charactersMax + " 个字符"));
    return Optional.empty();
  }

  private void missing(String name) {
    fault(name, new Text("is missing", "缺失"));
  }

  public <T> Optional<T> value(String name, Function<String, Parsed<T>> parse) {
    return string(name).flatMap(text -> parsed(name, parse.apply(text)));
  }

  public <T> Optional<T> parsed(String name, Parsed<T> parsed) {
    return switch (parsed) {
      case Parsed.Valid<T>(var value) -> Optional.of(value);
      case Parsed.Invalid<T>(var code, var reason) -> {
        fault(name, FaultTexts.of(code, reason));
        yield Optional.empty();
      }
    };
  }

  public <T> Optional<T> oneOf(String name, Map<String, T> words) {
    Optional<T> found = string(name).map(words::get);
    if (found.isEmpty() && object.path(name).isTextual()) {
      String known = String.join(", ", words.keySet().stream().sorted().toList());
      fault(name, new Text("must be one of " + known, "取值应为 " + known + " 之一"));
    }
    return found;
  }

  /** A required time of a year that can be meant. */
  public Optional<Instant> time(String name) {
    Optional<String> text = string(name);
    Optional<Instant> time = text.flatMap(Times::parse);
    if (text.isPresent() && time.isEmpty()) {
      fault(name, new Text("must be a time of RFC 3339 with its zone", "应为带时区的 RFC 3339 时间"));
    }
    if (time.isPresent() && !Times.isOfPossibleYear(time.get())) {
      fault(
          name,
          new Text(
              "must be in the years " + Times.YEAR_MIN + " to " + Times.YEAR_MAX,
              "年份应在 " + Times.YEAR_MIN + " 至 " + Times.YEAR_MAX + " 之间"));
      return Optional.empty();
    }
    return time;
  }

  public OptionalLong integer(String name, long least, long most) {
    JsonNode node = object.get(name);
    if (node == null) {
      missing(name);
    } else if (!node.isIntegralNumber()) {
      fault(name, new Text("must be an integer", "应为整数"));
    } else if (node.longValue() < least || node.longValue() > most) {
      fault(
          name,
          new Text("must be from " + least + " to " + most, "应在 " + least + " 至 " + most + " 之间"));
    } else {
      return OptionalLong.of(node.longValue());
    }
    return OptionalLong.empty();
  }

  public Optional<Fields> object(String name, String... known) {
    JsonNode node = object.get(name);
    if (node == null) {
      missing(name);
      return Optional.empty();
    }
    return fieldsOf(name, node, known);
  }

  public Optional<Fields> objectIfPresent(String name, String... known) {
    return object.has(name) ? object(name, known) : Optional.empty();
  }

  private Optional<Fields> fieldsOf(String name, JsonNode node, String... known) {
    if (node instanceof ObjectNode inner) {
      return Optional.of(new Fields(inner, place(name), faults, Set.of(known)));
    }
    fault(name, new Text("must be an object", "应为对象"));
    return Optional.empty();
  }

  /** The objects of an array; empty when there is no such array or it is faulty. */
  public List<Fields> objects(String name, int least, int most, String... known) {
    JsonNode array = object.get(name);
    if (array == null) {
      if (least > 0) {
        missing(name);
      }
      return List.of();
    }
    if (!isArray(name, array, least, most)) {
      return List.of();
    }
    Fields items = new Fields(object, place(name), faults, allMembers());
    List<Fields> found = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      items.fieldsOf(Integer.toString(i), array.get(i), known).ifPresent(found::add);
    }
    return found;
  }

  /** The texts of an array, none of them blank. */
  public List<String> texts(String name, int most, int charactersMax) {
    JsonNode array = object.get(name);
    if (array == null || !isArray(name, array, 0, most)) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      JsonNode item = array.get(i);
      boolean fits =
          item.isTextual()
              && !item.textValue().isBlank()
              && item.textValue().length() <= charactersMax;
      if (fits) {
        found.add(item.textValue());
      } else {
        faults.add(
            Problem.Fault.at(
                place(name) + "/" + i,
                new Text(
                    "must be a text of 1 to " + charactersMax + " characters",
                    "应为 1 至 " + charactersMax + " 个字符的文本")));
      }
    }
    return found;
  }

  /** The values of an optional array of texts, each once. */
  public <T> List<T> values(String name, int most, Function<String, Parsed<T>> parse) {
    JsonNode array = object.get(name);
    if (array == null || !isArray(name, array, 1, most)) {
      return List.of();
    }
    Set<T> found = new LinkedHashSet<>();
    for (int i = 0; i < array.size(); i++) {
      switch (parse.apply(array.get(i).isTextual() ? array.get(i).textValue() : "")) {
        case Parsed.Valid<T>(var value) -> found.add(value);
        case Parsed.Invalid<T>(var code, var reason) ->
            faults.add(Problem.Fault.at(place(name) + "/" + i, FaultTexts.of(code, reason)));
      }
    }
    return List.copyOf(found);
  }

  private boolean isArray(String name, JsonNode node, int least, int most) {
    if (!node.isArray()) {
      fault(name, new Text("must be an array", "应为数组"));
      return false;
    }
    if (node.size() < least || node.size() > most) {
      fault(
          name,
          new Text(
              "must have " + least + " to " + most + " items",
              "应有 " + least + " 至 " + most + " 项"));
      return false;
    }
    return true;
  }

  private Set<String> allMembers() {
    return Set.copyOf(object.propertyStream().map(Map.Entry::getKey).toList());
  }
}
