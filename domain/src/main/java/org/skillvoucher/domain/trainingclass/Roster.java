package org.skillvoucher.domain.trainingclass;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.VoucherId;

/** The people of a class (学员名册) in the order they were put on it, with their bound vouchers. */
public final class Roster {
  public static final Roster EMPTY = new Roster(Map.of());

  private final Map<PersonPseudonym, Optional<VoucherId>> entries;

  private Roster(Map<PersonPseudonym, Optional<VoucherId>> entries) {
    this.entries = entries;
  }

  /** One line of the roster, as snapshots keep it. */
  public record Line(PersonPseudonym person, Optional<VoucherId> voucher) {}

  public static Roster of(List<Line> lines) {
    Map<PersonPseudonym, Optional<VoucherId>> entries = new LinkedHashMap<>();
    lines.forEach(line -> entries.put(line.person(), line.voucher()));
    return new Roster(entries);
  }

  public List<Line> lines() {
    List<Line> lines = new ArrayList<>(entries.size());
    entries.forEach((person, voucher) -> lines.add(new Line(person, voucher)));
    return lines;
  }

  public List<PersonPseudonym> people() {
    return List.copyOf(entries.keySet());
  }

  public int size() {
    return entries.size();
  }

  public boolean has(PersonPseudonym person) {
    return entries.containsKey(person);
  }

  /** The voucher by which this person attends, if one is bound. */
  public Optional<VoucherId> voucherOf(PersonPseudonym person) {
    return entries.getOrDefault(person, Optional.empty());
  }

  Roster with(Collection<PersonPseudonym> people) {
    Map<PersonPseudonym, Optional<VoucherId>> more = new LinkedHashMap<>(entries);
    people.forEach(person -> more.putIfAbsent(person, Optional.empty()));
    return new Roster(more);
  }

  Roster withVoucher(PersonPseudonym person, Optional<VoucherId> voucher) {
    Map<PersonPseudonym, Optional<VoucherId>> changed = new LinkedHashMap<>(entries);
    changed.put(person, voucher);
    return new Roster(changed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Roster roster && entries.equals(roster.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return "Roster of " + size();
  }
}
