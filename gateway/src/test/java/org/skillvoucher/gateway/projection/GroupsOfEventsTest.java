package org.skillvoucher.gateway.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.OccupationCode;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.voucher.VoucherEvent;
import org.skillvoucher.domain.voucher.VoucherPlaces;
import org.skillvoucher.domain.voucher.VoucherTerms;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.flag.FlagTables;
import org.skillvoucher.gateway.flag.FlagsFixture;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;

/** Events applied one by one give the same rows as in any groups, with some of them repeated. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupsOfEventsTest {
  private static final List<String> TABLES =
      List.of(
          "applied",
          "voucher",
          "training_class",
          "enrolment",
          "lesson",
          "receipt",
          "set_aside",
          "spot_check",
          "correction",
          "timetable_change",
          "unenrolment");

  private final TestPool database = new TestPool();

  @AfterAll
  void stop() {
    database.close();
  }

  private static List<FeedEnvelope> voucher(String id, Random random) {
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    VoucherTerms terms =
        new VoucherTerms(
            ClassStory.person(random.nextInt(9)),
            new RegionCode("990101"),
            new OccupationCode("6-31-01-03"),
            4,
            Instant.parse("2026-12-31T16:00:00.123456789Z"),
            random.nextBoolean()
                ? Optional.empty()
                : Optional.of(
                    new VoucherPlaces(
                        List.of(new RegionCode("990101"), new RegionCode("990102")), List.of())));
    List<VoucherEvent> life = new ArrayList<>(List.of(new VoucherEvent.Issued(terms, at)));
    for (int step = random.nextInt(6); step > 0; step--) {
      life.add(
          switch (random.nextInt(6)) {
            case 0 -> new VoucherEvent.Claimed(at);
            case 1 -> new VoucherEvent.Bound(new ClassId("C" + step), terms.holder(), at);
            case 2 -> new VoucherEvent.Voided("gone", at);
            case 3 -> new VoucherEvent.Expired(at);
            case 4 -> new VoucherEvent.Lapsed("not_completed", at);
            default -> new VoucherEvent.Completed(new ClassId("C" + step), at);
          });
      if (random.nextInt(3) == 0 && !(life.getLast() instanceof VoucherEvent.Frozen)) {
        life.add(new VoucherEvent.Frozen("lost", at));
        if (random.nextBoolean()) {
          life.add(new VoucherEvent.Unfrozen(at));
        }
      }
    }
    List<FeedEnvelope> feed = new ArrayList<>();
    for (VoucherEvent event : life) {
      feed.add(ClassStory.envelope("voucher|" + id, feed.size() + 1L, event));
    }
    return feed;
  }

  private static List<FeedEnvelope> events(Random random) {
    List<List<FeedEnvelope>> feeds = new ArrayList<>();
    for (int n = 0; n < 4; n++) {
      feeds.add(RandomEvents.ofClass("C" + n, 60, random));
      feeds.add(voucher("V" + n, random));
    }
    return RandomEvents.mixed(feeds, random);
  }

  private void apply(EventGroupHandler.Tables tables, List<FeedEnvelope> group) {
    try {
      Sql.inTransaction(
          database.pool,
          connection -> {
            tables.apply(connection, group);
            return true;
          });
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void applyInGroups(
      EventGroupHandler.Tables tables, List<FeedEnvelope> events, Random random) {
    for (int from = 0; from < events.size(); ) {
      int to = Math.min(events.size(), from + 1 + random.nextInt(random.nextBoolean() ? 5 : 100));
      apply(tables, events.subList(from, to));
      from = random.nextInt(4) == 0 ? Math.max(0, to - 7) : to;
    }
  }

  /** Every row of the tables, which are emptied. */
  private List<String> everything(List<String> tables) {
    List<String> rows = new ArrayList<>();
    for (String table : tables) {
      rows.addAll(
          database.column(
              "SELECT '%1$s ' || to_jsonb(t)::text FROM %1$s t ORDER BY 1".formatted(table)));
    }
    database.execute("TRUNCATE " + String.join(", ", tables));
    return rows;
  }

  private void check(Supplier<EventGroupHandler.Tables> follower, List<String> names, long seed) {
    List<FeedEnvelope> events = events(new Random(seed));
    EventGroupHandler.Tables each = follower.get();
    events.forEach(event -> apply(each, List.of(event)));
    List<String> oneByOne = everything(names);
    applyInGroups(follower.get(), events, new Random(~seed));
    List<String> inGroups = everything(names);
    assertEquals(without(oneByOne, inGroups), without(inGroups, oneByOne));
    assertEquals(oneByOne.size(), inGroups.size());
  }

  /** Shows no more than what differs. */
  private static String without(List<String> rows, List<String> others) {
    return rows.stream().filter(row -> !others.contains(row)).collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void readModelsAreTheSame(long seed) {
    check(() -> EventTables::apply, TABLES, seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void flagsAreTheSameWhateverTheSizeOfTheCache(long seed) {
    Iterator<Integer> tapsKept = List.of(1_000_000, 30).iterator();
    check(
        () -> new FlagTables(ClassStory::digest, tapsKept.next())::apply,
        FlagsFixture.TABLES,
        seed);
  }
}
