package org.skillvoucher.domain.institution;

import java.util.List;

/**
 * A training site (培训点) with its rooms.
 *
 * @param id within the institution
 */
public record Site(String id, String name, String address, List<Room> rooms) {
  public Site {
    rooms = List.copyOf(rooms);
  }

  /** A room (教室). */
  public record Room(String id, String name) {}

  /** Whether there is such a room here. */
  public boolean has(String room) {
    return rooms.stream().anyMatch(known -> known.id().equals(room));
  }
}
