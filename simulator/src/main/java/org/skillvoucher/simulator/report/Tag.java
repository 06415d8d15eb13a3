package org.skillvoucher.simulator.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * A piece of HTML. Made of tags and texts only, it is always well formed, and no text can be taken
 * for markup.
 */
sealed interface Tag {
  Set<String> WITHOUT_END = Set.of("meta", "line", "path", "rect", "circle");

  record Text(String text) implements Tag {}

  record Element(String name, List<String> attributes, List<Tag> inside) implements Tag {
    Element with(String attribute, String value) {
      List<String> more = new ArrayList<>(attributes);
      more.add(attribute);
      more.add(value);
      return new Element(name, List.copyOf(more), inside);
    }

    Element with(String attribute, double value) {
      return with(attribute, number(value));
    }

    /** Of that class, for the style sheet. */
    Element as(String classes) {
      return with("class", classes);
    }

    Element add(Tag... tags) {
      return add(List.of(tags));
    }

    Element add(List<? extends Tag> tags) {
      List<Tag> more = new ArrayList<>(inside);
      more.addAll(tags);
      return new Element(name, attributes, List.copyOf(more));
    }

    Element add(String text) {
      return add(new Text(text));
    }

    <T> Element each(List<T> things, Function<T, Tag> tag) {
      return add(things.stream().map(tag).toList());
    }
  }

  static Element of(String name) {
    return new Element(name, List.of(), List.of());
  }

  /** An English term with the Chinese one beside it. */
  static Element term(String name, String english, String chinese) {
    return of(name).add(english + " ").add(of("span").with("lang", "zh-CN").add(chinese));
  }

  static Element term(String name, Words words) {
    return words.chinese().isEmpty()
        ? of(name).add(words.english())
        : term(name, words.english(), words.chinese());
  }

  /** Short, and the same in every locale. */
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }

  static String write(Tag tag) {
    StringBuilder html = new StringBuilder();
    write(tag, html);
    return html.toString();
  }

  private static void write(Tag tag, StringBuilder html) {
    switch (tag) {
      case Text(var text) -> html.append(escaped(text));
      case Element(var name, var attributes, var inside) -> {
        html.append('<').append(name);
        for (int i = 0; i < attributes.size(); i += 2) {
          html.append(' ').append(attributes.get(i)).append("=\"");
          html.append(escaped(attributes.get(i + 1))).append('"');
        }
        if (inside.isEmpty() && WITHOUT_END.contains(name)) {
          html.append("/>");
        } else {
          html.append('>');
          inside.forEach(child -> write(child, html));
          html.append("</").append(name).append('>');
        }
      }
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
