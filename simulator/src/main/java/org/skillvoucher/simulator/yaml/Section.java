package org.skillvoucher.simulator.yaml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One mapping of a scenario file, read member by member. What is wrong is collected with its line
 * and path; the values read then only stand in until all faults are known.
 */
public final class Section {
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  private final String path;
  private final YamlNode.Members node;
  private final List<String> faults;
  private final String file;
  private final Set<String> known = new LinkedHashSet<>();

  Section(String file, String path, YamlNode.Members node, List<String> faults) {
    this.file = file;
    this.path = path;
    this.node = node;
    this.faults = faults;
  }

  private String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  void fault(int line, String where, String what) {
    faults.add(file + ":" + line + ": " + (where.isEmpty() ? "" : where + " ") + what);
  }

  public void fault(String name, String what) {
    YamlNode member = node.members().get(name);
    fault(member == null ? node.line() : member.line(), path(name), what);
  }

  /** The members' names in the order of the file, for a mapping whose names are free. */
  public List<String> names() {
    known.addAll(node.members().keySet());
    return List.copyOf(node.members().keySet());
  }

  public boolean has(String name) {
    known.add(name);
    return node.members().containsKey(name);
  }

  public String text(String name, String otherwise) {
    known.add(name);
    return switch (node.members().get(name)) {
      case null -> otherwise;
      case YamlNode.Single(var text, var line) -> text.strip();
      case YamlNode other -> {
        fault(other.line(), path(name), "must be a single value");
        yield otherwise;
      }
    };
  }

  public String text(String name) {
    String text = text(name, "");
    if (text.isEmpty()) {
      fault(name, "is missing");
    }
    return text;
  }

  public long number(String name, long min, long max, long otherwise) {
    String text = text(name, String.valueOf(otherwise));
    try {
      long number = Long.parseLong(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    fault(name, "must be a whole number from " + min + " to " + max + ", and is " + text);
    return otherwise;
  }

  public int integer(String name, int min, int max, int otherwise) {
    return Math.toIntExact(number(name, min, max, otherwise));
  }

  public int required(String name, int min, int max) {
    if (!has(name)) {
      fault(name, "is missing");
      return min;
    }
    return integer(name, min, max, min);
  }

  /** A time such as {@code 1500ms}, {@code 30s}, {@code 2m} or {@code 1h}. */
  public Duration time(String name, Duration min, Duration max, Duration otherwise) {
    String text = text(name, "");
    if (text.isEmpty()) {
      return otherwise;
    }
    Matcher matcher = TIME.matcher(text);
    if (matcher.matches()) {
      Duration time = unit(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)));
      if (time.compareTo(min) >= 0 && time.compareTo(max) <= 0) {
        return time;
      }
    }
    fault(
        name,
        "must be a time such as 500ms, 30s, 2m or 1h, from "
            + min.toMillis()
            + "ms to "
            + max.toSeconds()
            + "s, and is "
            + text);
    return otherwise;
  }

  private static Duration unit(String letters) {
    return switch (letters) {
      case "ms" -> Duration.ofMillis(1);
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      default -> Duration.ofHours(1);
    };
  }

  /** As {@link #time}, of one that must be there. */
  public Duration requiredTime(String name, Duration min, Duration max) {
    if (!has(name)) {
      fault(name, "is missing");
      return min;
    }
    return time(name, min, max, min);
  }

  /** A number that need not be whole. */
  public double decimal(String name, double min, double max, double otherwise) {
    String text = text(name, String.valueOf(otherwise));
    try {
      double number = Double.parseDouble(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    fault(name, "must be a number from " + min + " to " + max + ", and is " + text);
    return otherwise;
  }

  public boolean flag(String name, boolean otherwise) {
    String text = text(name, String.valueOf(otherwise));
    if (!text.equals("true") && !text.equals("false")) {
      fault(name, "must be true or false, and is " + text);
    }
    return text.equals("true");
  }

  public <T> Optional<T> oneOf(String name, Map<String, T> words) {
    String text = text(name);
    Optional<T> meant = Optional.ofNullable(words.get(text));
    if (meant.isEmpty() && !text.isEmpty()) {
      fault(
          name,
          "must be "
              + String.join(", ", words.keySet().stream().sorted().toList())
              + ", and is "
              + text);
    }
    return meant;
  }

  /** A mapping below this one; an empty one where there is none. */
  public Section section(String name) {
    known.add(name);
    return switch (node.members().get(name)) {
      case null ->
          new Section(file, path(name), new YamlNode.Members(Map.of(), node.line()), faults);
      case YamlNode.Members members -> new Section(file, path(name), members, faults);
      case YamlNode other -> {
        fault(other.line(), path(name), "must be a mapping");
        yield new Section(file, path(name), new YamlNode.Members(Map.of(), other.line()), faults);
      }
    };
  }

  /** The mappings of a list below this one. */
  public List<Section> sections(String name) {
    List<Section> sections = new ArrayList<>();
    for (YamlNode item : several(name)) {
      String at = path(name) + "[" + sections.size() + "]";
      if (item instanceof YamlNode.Members members) {
        sections.add(new Section(file, at, members, faults));
      } else {
        fault(item.line(), at, "must be a mapping");
      }
    }
    return sections;
  }

  /** The words of a list below this one. */
  public List<String> words(String name) {
    List<String> words = new ArrayList<>();
    for (YamlNode item : several(name)) {
      if (item instanceof YamlNode.Single(var text, var line)) {
        words.add(text);
      } else {
        fault(item.line(), path(name), "must be a list of words");
      }
    }
    return words;
  }

  private List<YamlNode> several(String name) {
    known.add(name);
    return switch (node.members().get(name)) {
      case null -> List.of();
      case YamlNode.Several(var nodes, var line) -> nodes;
      case YamlNode other -> {
        fault(other.line(), path(name), "must be a list");
        yield List.of();
      }
    };
  }

  /** Whatever was not asked for is a slip of the pen. */
  public void end() {
    node.members()
        .forEach(
            (name, member) -> {
              if (!known.contains(name)) {
                fault(
                    member.line(),
                    path(name),
                    "is unknown here; known are " + String.join(", ", known));
              }
            });
  }
}
