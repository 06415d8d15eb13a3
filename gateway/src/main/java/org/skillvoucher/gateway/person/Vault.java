package org.skillvoucher.gateway.person;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.gateway.database.Transactions;
import org.skillvoucher.gateway.security.DeploymentKey;
import org.skillvoucher.gateway.security.DeploymentKeyedHash;
import org.skillvoucher.gateway.security.Gm;
import org.skillvoucher.gateway.security.KeyedHash;

/**
 * Stores each person's number and names under a random SM4 key of the person's own, itself wrapped
 * by the deployment key. A name is stored with the source that brought it. Keys are cached, so that
 * a scan needs no query here.
 */
public final class Vault implements People {
  private static final int TEXT_CHARACTERS_MAX = 200;
  private static final String NAME = "name";

  /** In the column of older rows, which hold the first name ever written. */
  private static final String NO_NAME = "";

  private static final String NUMBER = "number";

  private final KeyedHash keyedHash;
  private final byte[] wrappingKey;
  private final VaultSettings settings;
  private final Transactions transactions;
  private final Cache<PersonPseudonym, PersonKey> keys;
  private final CardNames cardNames;

  /**
   * Over a pool and an executor that may block.
   *
   * @param pool the security tables' database
   */
  public Vault(DeploymentKey key, DataSource pool, Executor executor, VaultSettings settings) {
    this(key, pool, executor, settings, Ticker.systemTicker());
  }

  Vault(
      DeploymentKey key,
      DataSource pool,
      Executor executor,
      VaultSettings settings,
      Ticker ticker) {
    this.keyedHash = new DeploymentKeyedHash(key);
    this.wrappingKey = Arrays.copyOf(key.subKey("wrap"), Gm.SM4_KEY_BYTES);
    this.settings = settings;
    this.transactions = new Transactions(pool, executor);
    this.keys =
        Caffeine.newBuilder()
            .maximumSize(settings.keysCachedMax())
            .expireAfterWrite(settings.keysCachedFor())
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
    this.cardNames = new CardNames(this::write, executor, settings, ticker);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The caller has normalised the number (upper-case X, half-width digits), or one person would
   * have two pseudonyms.
   */
  @Override
  public PersonPseudonym pseudonym(IdType type, String number) {
    byte[] input = (type.pseudonymCode() + '\0' + number).getBytes(UTF_8);
    return new PersonPseudonym(
        Base64.getUrlEncoder().withoutPadding().encodeToString(keyedHash.of("pseudonym", input)));
  }

  /**
   * {@inheritDoc}
   *
   * <p>A stage that fails means that the outcome is unknown; the same call again is idempotent.
   */
  @Override
  public CompletionStage<List<Stored>> store(List<Identity> people, NameSource source) {
    if (people.size() > settings.peopleMax() || !people.stream().allMatch(Vault::isComplete)) {
      // Without the people: they must not reach a log.
      return CompletableFuture.failedStage(
          new IllegalArgumentException("too many people at once, or one without name or number"));
    }
    if (people.isEmpty()) {
      return CompletableFuture.completedStage(List.of());
    }
    return transactions
        .run(connection -> store(connection, people, source))
        .thenApply(
            stored -> {
              // After the commit: keys of a transaction rolled back must never be used.
              keys.putAll(stored.keys());
              return stored.people();
            });
  }

  @Override
  public CompletionStage<Void> mendName(PersonPseudonym person, ClassId classId, String name) {
    return transactions
        .run(
            connection ->
                VaultNames.replace(
                    connection,
                    Map.of(person, keyOf(connection, person)),
                    Map.of(person, name),
                    NameSource.roster(classId)))
        .thenAccept(written -> {});
  }

  @Override
  public void confirmName(PersonPseudonym person, ClassId classId, String name) {
    cardNames.confirm(person, classId, name);
  }

  /** A name that is stored already is not written again, as after a restart. */
  private CompletionStage<Void> write(List<CardNames.CardName> group) {
    return transactions.run(connection -> write(connection, group)).thenAccept(written -> {});
  }

  private int write(Connection connection, List<CardNames.CardName> group) throws SQLException {
    Map<PersonPseudonym, PersonKey> known =
        keysOf(connection, group.stream().map(CardNames.CardName::person).toList());
    Map<ClassId, Map<PersonPseudonym, String>> byClass = new HashMap<>();
    for (var name : group) {
      if (known.containsKey(name.person())) {
        byClass
            .computeIfAbsent(name.classId(), id -> new HashMap<>())
            .put(name.person(), name.name());
      }
    }
    int written = 0;
    for (var names : byClass.entrySet()) {
      NameSource source = NameSource.card(names.getKey());
      Map<PersonPseudonym, String> changed = names.getValue();
      changed.keySet().removeAll(VaultNames.same(connection, known, Map.copyOf(changed), source));
      written += VaultNames.replace(connection, known, changed, source);
    }
    return written;
  }

  @Override
  public CompletionStage<String> commitment(PersonPseudonym person, String receiptId) {
    PersonKey cached = keys.getIfPresent(person);
    CompletableFuture<PersonKey> key =
        cached != null
            ? CompletableFuture.completedFuture(cached)
            : transactions
                .run(connection -> keyOf(connection, person))
                .whenComplete((found, failure) -> rememberKey(person, found));
    return key.thenApply(own -> own.commitment(receiptId));
  }

  /**
   * {@inheritDoc}
   *
   * <p>In chunks of {@code people-max}, each in a transaction of its own, so that a long roster
   * holds no connection for long.
   */
  @Override
  public CompletionStage<Map<PersonPseudonym, Identity>> identities(
      Collection<PersonPseudonym> people, ClassId classId) {
    List<PersonPseudonym> wanted = people.stream().distinct().toList();
    CompletionStage<Map<PersonPseudonym, Identity>> found =
        CompletableFuture.completedStage(new HashMap<>());
    for (int from = 0; from < wanted.size(); from += settings.peopleMax()) {
      var chunk = wanted.subList(from, Math.min(wanted.size(), from + settings.peopleMax()));
      found =
          found.thenCompose(
              before ->
                  transactions
                      .run(connection -> identities(connection, chunk, classId))
                      .thenApply(
                          more -> {
                            before.putAll(more);
                            return before;
                          }));
    }
    return found;
  }

  /**
   * Checks at start that the deployment key is the one the vault was written with: under another,
   * every known person would silently become a new one.
   *
   * @return a stage that fails when it is not
   */
  public CompletionStage<Void> checkKey() {
    return transactions
        .run(
            connection -> {
              try (var select =
                      connection.prepareStatement(
                          "SELECT pseudonym, wrapped_key FROM vault_person LIMIT 1");
                  var row = select.executeQuery()) {
                return row.next() && unwrap(row) != null;
              }
            })
        .thenAccept(checked -> {});
  }

  private StoredPeople store(Connection connection, List<Identity> people, NameSource source)
      throws SQLException {
    List<PersonPseudonym> pseudonyms =
        people.stream().map(person -> pseudonym(person.type(), person.number())).toList();
    // In one order for all calls: two with the same people would otherwise deadlock.
    Map<PersonPseudonym, Identity> missing =
        new TreeMap<>(Comparator.comparing(PersonPseudonym::value));
    for (int i = 0; i < people.size(); i++) {
      missing.putIfAbsent(pseudonyms.get(i), people.get(i));
    }
    Map<PersonPseudonym, PersonKey> known = keysOf(connection, missing.keySet());
    missing.keySet().removeAll(known.keySet());
    if (!missing.isEmpty()) {
      insert(connection, missing);
      // Not the keys just made: a concurrent call may have inserted its own first.
      known.putAll(keysOf(connection, missing.keySet()));
    }
    if (!known.keySet().containsAll(pseudonyms)) {
      throw new IllegalStateException("a person just stored is not in the vault");
    }
    Map<PersonPseudonym, String> names = new HashMap<>();
    for (int i = 0; i < people.size(); i++) {
      names.putIfAbsent(pseudonyms.get(i), people.get(i).name());
    }
    Set<PersonPseudonym> differing = VaultNames.add(connection, known, names, source);
    return new StoredPeople(
        pseudonyms.stream().map(person -> new Stored(person, differing.contains(person))).toList(),
        known);
  }

  private void insert(Connection connection, Map<PersonPseudonym, Identity> people)
      throws SQLException {
    int count = people.size();
    String[] pseudonyms = new String[count];
    String[] types = new String[count];
    byte[][] wrapped = new byte[count][];
    byte[][] names = new byte[count][];
    byte[][] numbers = new byte[count][];
    int i = 0;
    for (var person : people.entrySet()) {
      PersonKey key = PersonKey.random(person.getKey());
      pseudonyms[i] = person.getKey().value();
      types[i] = person.getValue().type().code();
      wrapped[i] = key.wrap(wrappingKey);
      names[i] = key.seal(NAME, NO_NAME);
      numbers[i] = key.seal(NUMBER, person.getValue().number());
      i++;
    }
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO vault_person (pseudonym, id_type, wrapped_key, name_ct, number_ct)"
                + " SELECT * FROM unnest(?::text[], ?::text[], ?::bytea[], ?::bytea[], ?::bytea[])"
                + " ON CONFLICT (pseudonym) DO NOTHING")) {
      insert.setArray(1, connection.createArrayOf("text", pseudonyms));
      insert.setArray(2, connection.createArrayOf("text", types));
      insert.setArray(3, connection.createArrayOf("bytea", wrapped));
      insert.setArray(4, connection.createArrayOf("bytea", names));
      insert.setArray(5, connection.createArrayOf("bytea", numbers));
      insert.executeUpdate();
    }
  }

  private PersonKey keyOf(Connection connection, PersonPseudonym person) throws SQLException {
    PersonKey key = keysOf(connection, List.of(person)).get(person);
    if (key == null) {
      throw new IllegalStateException("the vault has no such person");
    }
    return key;
  }

  private Map<PersonPseudonym, PersonKey> keysOf(
      Connection connection, Collection<PersonPseudonym> people) throws SQLException {
    Map<PersonPseudonym, PersonKey> found = new HashMap<>();
    try (var select =
        connection.prepareStatement(
            "SELECT pseudonym, wrapped_key FROM vault_person WHERE pseudonym = ANY (?)")) {
      select.setArray(1, texts(connection, people));
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          found.put(new PersonPseudonym(rows.getString("pseudonym")), unwrap(rows));
        }
      }
    }
    return found;
  }

  private PersonKey unwrap(ResultSet row) throws SQLException {
    return PersonKey.unwrap(
        wrappingKey, row.getBytes("wrapped_key"), new PersonPseudonym(row.getString("pseudonym")));
  }

  private Identity identity(PersonPseudonym person, ResultSet row, ClassId classId)
      throws SQLException {
    PersonKey key = PersonKey.unwrap(wrappingKey, row.getBytes("wrapped_key"), person);
    String code = row.getString("id_type");
    IdType type =
        IdType.of(code)
            .orElseThrow(() -> new IllegalStateException("the vault's id type was altered"));
    var identity =
        new Identity(type, key.open(NUMBER, row.getBytes("number_ct")), name(key, row, classId));
    // The type is not encrypted; the pseudonym is over type and number and so detects a change.
    if (!pseudonym(type, identity.number()).equals(person)) {
      throw new IllegalStateException("the vault's id type was altered");
    }
    return identity;
  }

  /** The card's name prevails over the roster's; the first name ever written is the last resort. */
  private static String name(PersonKey key, ResultSet row, ClassId classId) throws SQLException {
    byte[] card = row.getBytes("card_ct");
    byte[] roster = row.getBytes("roster_ct");
    if (card != null) {
      return key.open(NameSource.card(classId).field(), card);
    }
    return roster != null
        ? key.open(NameSource.roster(classId).field(), roster)
        : key.open(NAME, row.getBytes("name_ct"));
  }

  private Map<PersonPseudonym, Identity> identities(
      Connection connection, List<PersonPseudonym> people, ClassId classId) throws SQLException {
    Map<PersonPseudonym, Identity> found = new HashMap<>();
    try (var select =
        connection.prepareStatement(
            """
            SELECT p.pseudonym, p.id_type, p.wrapped_key, p.name_ct, p.number_ct,
                   card.name_ct AS card_ct, roster.name_ct AS roster_ct
            FROM vault_person p
            LEFT JOIN vault_name card ON card.pseudonym = p.pseudonym
              AND card.source_kind = 'card' AND card.source = ?
            LEFT JOIN vault_name roster ON roster.pseudonym = p.pseudonym
              AND roster.source_kind = 'roster' AND roster.source = ?
            WHERE p.pseudonym = ANY (?)""")) {
      select.setString(1, classId.value());
      select.setString(2, classId.value());
      select.setArray(3, texts(connection, people));
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          var person = new PersonPseudonym(rows.getString("pseudonym"));
          found.put(person, identity(person, rows, classId));
        }
      }
    }
    return found;
  }

  private static Array texts(Connection connection, Collection<PersonPseudonym> people)
      throws SQLException {
    return connection.createArrayOf(
        "text", people.stream().map(PersonPseudonym::value).toArray(String[]::new));
  }

  private void rememberKey(PersonPseudonym person, @Nullable PersonKey key) {
    if (key != null) {
      keys.put(person, key);
    }
  }

  private static boolean isComplete(Identity person) {
    return isComplete(person.number()) && isComplete(person.name());
  }

  private static boolean isComplete(String text) {
    return !text.isBlank() && text.length() <= TEXT_CHARACTERS_MAX;
  }

  private record StoredPeople(List<Stored> people, Map<PersonPseudonym, PersonKey> keys) {}
}
