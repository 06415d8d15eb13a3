package org.skillvoucher.domain.trainingclass;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.VoucherId;

/**
 * The people of a class (学员名册) in the order they were put on it, with their bound vouchers. A
 * voucher may wait here for a holder who is not on the roster yet.
 */
public final class Roster {
  public static final Roster EMPTY = of(List.of());

  private final Map<PersonPseudonym, Entry> entries;
  private final int enrolled;

  private Roster(Map<PersonPseudonym, Entry> entries) {
    this.entries = entries;
    enrolled = Math.toIntExact(entries.values().stream().filter(Entry::enrolled).count());
  }

  /**
   * One person.
   *
   * @param enrolled false while only a voucher waits for this person
   */
  public record Entry(PersonPseudonym person, boolean enrolled, Optional<VoucherId> voucher) {}

  public static Roster of(List<Entry> entries) {
    Map<PersonPseudonym, Entry> byPerson = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry.enrolled() || entry.voucher().isPresent()) {
        byPerson.put(entry.person(), entry);
      } else {
        byPerson.remove(entry.person());
      }
    }
    return new Roster(byPerson);
  }

  /** Everything the roster holds, those who only have a voucher waiting included. */
  public List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  /** Who is on the roster. */
  public List<PersonPseudonym> people() {
    return entries.values().stream().filter(Entry::enrolled).map(Entry::person).toList();
  }

  /** How many people are on the roster. */
  public int size() {
    return enrolled;
  }

  public boolean has(PersonPseudonym person) {
    Entry entry = entries.get(person);
    return entry != null && entry.enrolled();
  }

  /** The voucher bound for this person, if any. */
  public Optional<VoucherId> voucherOf(PersonPseudonym person) {
    Entry entry = entries.get(person);
    return entry == null ? Optional.empty() : entry.voucher();
  }

  /** How many on the roster have a voucher bound. */
  public int vouchersBound() {
    return Math.toIntExact(
        entries.values().stream()
            .filter(entry -> entry.enrolled() && entry.voucher().isPresent())
            .count());
  }

  /** How many vouchers wait for someone who is not on the roster. */
  int vouchersWaiting() {
    return entries.size() - enrolled;
  }

  Roster with(Collection<PersonPseudonym> people) {
    List<Entry> more = new ArrayList<>(entries.values());
    people.forEach(person -> more.add(new Entry(person, true, voucherOf(person))));
    return of(more);
  }

  /** A voucher of the person waits on. */
  Roster without(PersonPseudonym person) {
    List<Entry> fewer = new ArrayList<>(entries.values());
    fewer.add(new Entry(person, false, voucherOf(person)));
    return of(fewer);
  }

  Roster withVoucher(PersonPseudonym person, Optional<VoucherId> voucher) {
    List<Entry> changed = new ArrayList<>(entries.values());
    changed.add(new Entry(person, has(person), voucher));
    return of(changed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Roster roster && entries().equals(roster.entries());
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return "Roster of " + enrolled;
  }
}
