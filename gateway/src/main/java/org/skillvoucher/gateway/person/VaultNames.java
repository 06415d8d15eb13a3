package org.skillvoucher.gateway.person;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.gateway.database.Sql;

/** The names of people by their source, each under the person's own key. */
final class VaultNames {
  private VaultNames() {}

  private record StoredName(PersonPseudonym person, NameSource source, String name) {}

  /**
   * Stores the names that a source brought; a name which the source brought before stays.
   *
   * @param keys of all these people
   * @return the people known by another name: to the card platform, or else to an issuing
   *     authority, or before to this source
   */
  static Set<PersonPseudonym> add(
      Connection connection,
      Map<PersonPseudonym, PersonKey> keys,
      Map<PersonPseudonym, String> names,
      NameSource source)
      throws SQLException {
    Map<PersonPseudonym, List<StoredName>> known = new HashMap<>();
    for (StoredName stored : comparable(connection, keys, names.keySet(), source)) {
      known.computeIfAbsent(stored.person(), person -> new ArrayList<>()).add(stored);
    }
    Set<PersonPseudonym> differing = new HashSet<>();
    names.forEach(
        (person, name) -> {
          if (differs(name, known.getOrDefault(person, List.of()), source)) {
            differing.add(person);
          }
        });
    write(connection, keys, names, source, "NOTHING");
    return differing;
  }

  /** Replaces the names that a source brought. */
  static int replace(
      Connection connection,
      Map<PersonPseudonym, PersonKey> keys,
      Map<PersonPseudonym, String> names,
      NameSource source)
      throws SQLException {
    return write(
        connection,
        keys,
        names,
        source,
        "UPDATE SET name_ct = excluded.name_ct, written_at = excluded.written_at");
  }

  /** Those of the given people whose name from a source is this one. */
  static Set<PersonPseudonym> same(
      Connection connection,
      Map<PersonPseudonym, PersonKey> keys,
      Map<PersonPseudonym, String> names,
      NameSource source)
      throws SQLException {
    Set<PersonPseudonym> same = new HashSet<>();
    for (StoredName stored : comparable(connection, keys, names.keySet(), source)) {
      if (stored.source().equals(source) && stored.name().equals(names.get(stored.person()))) {
        same.add(stored.person());
      }
    }
    return same;
  }

  /** Names of the card platform, of authorities and of the given source; the newest first. */
  private static List<StoredName> comparable(
      Connection connection,
      Map<PersonPseudonym, PersonKey> keys,
      Collection<PersonPseudonym> people,
      NameSource source)
      throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT pseudonym, source_kind, source, name_ct FROM vault_name
        WHERE pseudonym = ANY (?)
          AND (source_kind IN ('card', 'authority') OR (source_kind = ? AND source = ?))
        ORDER BY pseudonym, written_at DESC, source""",
        row -> {
          var person = new PersonPseudonym(row.getString("pseudonym"));
          var stored =
              new NameSource(
                  NameSource.Kind.valueOf(row.getString("source_kind").toUpperCase(Locale.ROOT)),
                  row.getString("source"));
          return new StoredName(
              person, stored, keyOf(person, keys).open(stored.field(), row.getBytes("name_ct")));
        },
        people.stream().map(PersonPseudonym::value).toList(),
        source.kind().code(),
        source.id());
  }

  /** The newest card prevails over the authorities' lists. */
  private static boolean differs(String name, List<StoredName> known, NameSource source) {
    boolean fromThisSource =
        known.stream()
            .anyMatch(stored -> stored.source().equals(source) && !same(stored.name(), name));
    return fromThisSource
        || ofKind(NameSource.Kind.CARD, known).stream()
            .findFirst()
            .map(newest -> !same(newest.name(), name))
            .orElseGet(
                () ->
                    ofKind(NameSource.Kind.AUTHORITY, known).stream()
                        .anyMatch(stored -> !same(stored.name(), name)));
  }

  private static List<StoredName> ofKind(NameSource.Kind kind, List<StoredName> known) {
    return known.stream().filter(stored -> stored.source().kind() == kind).toList();
  }

  /** Systems write Latin names in capitals or not, and with one space or several. */
  private static boolean same(String one, String other) {
    return plain(one).equals(plain(other));
  }

  private static String plain(String name) {
    return name.replaceAll("\\s+", " ").toUpperCase(Locale.ROOT);
  }

  private static int write(
      Connection connection,
      Map<PersonPseudonym, PersonKey> keys,
      Map<PersonPseudonym, String> names,
      NameSource source,
      String onConflict)
      throws SQLException {
    // In one order for all calls: two with the same people would otherwise deadlock.
    List<PersonPseudonym> people =
        names.keySet().stream().sorted(Comparator.comparing(PersonPseudonym::value)).toList();
    byte[][] sealed = new byte[people.size()][];
    for (int i = 0; i < sealed.length; i++) {
      PersonPseudonym person = people.get(i);
      sealed[i] =
          keyOf(person, keys).seal(source.field(), Objects.requireNonNull(names.get(person)));
    }
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO vault_name (pseudonym, source_kind, source, name_ct)"
                + " SELECT pseudonym, ?, ?, name_ct FROM unnest(?::text[], ?::bytea[])"
                + " AS named (pseudonym, name_ct)"
                + " ON CONFLICT (pseudonym, source_kind, source) DO "
                + onConflict)) {
      insert.setString(1, source.kind().code());
      insert.setString(2, source.id());
      insert.setArray(
          3,
          connection.createArrayOf(
              "text", people.stream().map(PersonPseudonym::value).toArray(String[]::new)));
      insert.setArray(4, connection.createArrayOf("bytea", sealed));
      return insert.executeUpdate();
    }
  }

  private static PersonKey keyOf(PersonPseudonym person, Map<PersonPseudonym, PersonKey> keys) {
    return Objects.requireNonNull(keys.get(person));
  }
}
