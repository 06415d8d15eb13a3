package org.skillvoucher.simulator.report;

import java.util.ArrayList;
import java.util.List;

/** A table of the page. Its first column names the rows. */
final class Table {
  private final List<String> headings;
  private final List<Tag> rows = new ArrayList<>();

  Table(String... headings) {
    this.headings = List.of(headings);
  }

  void row(String look, String... cells) {
    row(look, List.of(cells));
  }

  void row(String look, List<String> cells) {
    Tag.Element row = Tag.of("tr").as(look);
    for (int i = 0; i < cells.size(); i++) {
      row =
          row.add(
              i == 0
                  ? Tag.of("th").with("scope", "row").add(cells.get(i))
                  : Tag.of("td").add(cells.get(i)));
    }
    rows.add(row);
  }

  Tag tag() {
    return Tag.of("div")
        .as("wide")
        .add(
            Tag.of("table")
                .add(
                    Tag.of("thead")
                        .add(
                            Tag.of("tr")
                                .each(
                                    headings,
                                    heading -> Tag.of("th").with("scope", "col").add(heading))),
                    Tag.of("tbody").add(rows)));
  }
}
