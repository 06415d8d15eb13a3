package org.skillvoucher.domain.policy;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.skillvoucher.domain.identity.RegionCode;

/** All rule packs of a deployment, by region and day. */
public final class RulePacks {
  private final Map<RegionCode, NavigableMap<LocalDate, RulePack>> byRegion;

  private RulePacks(Map<RegionCode, NavigableMap<LocalDate, RulePack>> byRegion) {
    this.byRegion = byRegion;
  }

  /**
   * Collects packs.
   *
   * @throws IllegalArgumentException when two packs are for the same region and day
   */
  public static RulePacks of(Collection<RulePack> packs) {
    Map<RegionCode, NavigableMap<LocalDate, RulePack>> byRegion = new HashMap<>();
    for (RulePack pack : packs) {
      var before =
          byRegion
              .computeIfAbsent(pack.region(), region -> new TreeMap<>())
              .putIfAbsent(pack.effectiveFrom(), pack);
      if (before != null) {
        throw new IllegalArgumentException("two rule packs are named " + pack.name());
      }
    }
    return new RulePacks(byRegion);
  }

  /**
   * The pack a region follows on a day: the latest of its own, or else of its city, or else of its
   * province.
   */
  public Optional<RulePack> inForce(RegionCode region, LocalDate day) {
    String code = region.value();
    return Stream.of(code, code.substring(0, 4) + "00", code.substring(0, 2) + "0000")
        .map(RegionCode::new)
        .flatMap(place -> latest(place, day).stream())
        .findFirst();
  }

  private Optional<RulePack> latest(RegionCode region, LocalDate day) {
    return Optional.ofNullable(byRegion.get(region))
        .map(packs -> packs.floorEntry(day))
        .map(Map.Entry::getValue);
  }
}
