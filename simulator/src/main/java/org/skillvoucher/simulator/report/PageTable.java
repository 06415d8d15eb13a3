package org.skillvoucher.simulator.report;

import java.util.ArrayList;
import java.util.List;

/** A table of the page. Its first column names the rows; the others are numbers, to the right. */
final class PageTable {
  private final List<String> headings;
  private final List<Tag> rows = new ArrayList<>();

  PageTable(String... headings) {
    this.headings = List.of(headings);
  }

  /**
   * @param look a class of the style sheet, or nothing
   */
  void row(String look, String... cells) {
    row(look, List.of(cells));
  }

  void row(String look, List<String> cells) {
    List<Tag> row = new ArrayList<>();
    row.add(Tag.of("th").with("scope", "row").add(cells.getFirst()));
    cells.stream().skip(1).map(cell -> Tag.of("td").add(cell)).forEach(row::add);
    rows.add(Tag.of("tr").as(look).add(row));
  }

  Tag tag() {
    Tag head =
        Tag.of("tr").each(headings, heading -> Tag.of("th").with("scope", "col").add(heading));
    return Tag.of("div")
        .as("wide")
        .add(Tag.of("table").add(Tag.of("thead").add(head), Tag.of("tbody").add(rows)));
  }
}
