package org.skillvoucher.gateway.journal.event;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.skillvoucher.domain.institution.InstitutionEvent;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.voucher.VoucherEvent;

/**
 * The names under which events are stored. A name outlives its record: a record may be renamed or
 * moved, a name is never given to another shape. Any change but an added member with a default is a
 * new version, and the old one stays readable.
 */
public final class EventNames {
  private static final Map<String, Class<?>> TYPES =
      Map.ofEntries(
          Map.entry("voucher.issued/1", VoucherEvent.Issued.class),
          Map.entry("voucher.claimed/1", VoucherEvent.Claimed.class),
          Map.entry("voucher.bound/1", VoucherEvent.Bound.class),
          Map.entry("voucher.completed/1", VoucherEvent.Completed.class),
          Map.entry("voucher.lapsed/1", VoucherEvent.Lapsed.class),
          Map.entry("voucher.expired/1", VoucherEvent.Expired.class),
          Map.entry("voucher.voided/1", VoucherEvent.Voided.class),
          Map.entry("voucher.frozen/1", VoucherEvent.Frozen.class),
          Map.entry("voucher.unfrozen/1", VoucherEvent.Unfrozen.class),
          Map.entry("class.filed/1", ClassEvent.Filed.class),
          Map.entry("class.approved/1", ClassEvent.Approved.class),
          Map.entry("class.returned/1", ClassEvent.Returned.class),
          Map.entry("class.enrolled/1", ClassEvent.Enrolled.class),
          Map.entry("class.unenrolled/1", ClassEvent.Unenrolled.class),
          Map.entry("class.name_mended/1", ClassEvent.NameMended.class),
          Map.entry("class.scheduled/1", ClassEvent.Scheduled.class),
          Map.entry("class.voucher_admitted/1", ClassEvent.VoucherAdmitted.class),
          Map.entry("class.voucher_withdrawn/1", ClassEvent.VoucherWithdrawn.class),
          Map.entry("class.opened/1", ClassEvent.Opened.class),
          Map.entry("class.attended/1", ClassEvent.Attended.class),
          Map.entry("class.set_aside/1", ClassEvent.Quarantined.class),
          Map.entry("class.device_noted/1", ClassEvent.DeviceNoted.class),
          Map.entry("class.gap_waived/1", ClassEvent.GapWaived.class),
          Map.entry("class.rescheduled/1", ClassEvent.Rescheduled.class),
          Map.entry("class.spot_check_called/1", ClassEvent.SpotCheckCalled.class),
          Map.entry("class.correction_proposed/1", ClassEvent.CorrectionProposed.class),
          Map.entry("class.correction_decided/1", ClassEvent.CorrectionDecided.class),
          Map.entry("class.flag_decided/1", ClassEvent.FlagDecided.class),
          Map.entry("class.closed/1", ClassEvent.Closed.class),
          Map.entry("institution.admitted/1", InstitutionEvent.Admitted.class),
          Map.entry("institution.suspended/1", InstitutionEvent.Suspended.class),
          Map.entry("institution.reinstated/1", InstitutionEvent.Reinstated.class),
          Map.entry("institution.exited/1", InstitutionEvent.Exited.class),
          Map.entry("institution.site_put/1", InstitutionEvent.SitePut.class),
          Map.entry("institution.device_invited/1", InstitutionEvent.DeviceInvited.class),
          Map.entry("institution.device_enrolled/1", InstitutionEvent.DeviceEnrolled.class),
          Map.entry("institution.device_suspended/1", InstitutionEvent.DeviceSuspended.class),
          Map.entry("institution.device_reinstated/1", InstitutionEvent.DeviceReinstated.class),
          Map.entry("institution.device_revoked/1", InstitutionEvent.DeviceRevoked.class));

  private static final Map<Class<?>, String> NAMES = inverted();

  private EventNames() {}

  /** Every name in use. */
  public static Set<String> all() {
    return TYPES.keySet();
  }

  /**
   * The name under which an event is stored.
   *
   * @throws IllegalArgumentException for what is no event
   */
  public static String nameOf(Object event) {
    return Optional.ofNullable(NAMES.get(event.getClass()))
        .orElseThrow(
            () -> new IllegalArgumentException("no event name for " + event.getClass().getName()));
  }

  /** The names under which these kinds of events are stored. */
  public static Set<String> namesOf(Set<Class<?>> events) {
    return events.stream()
        .map(type -> Objects.requireNonNull(NAMES.get(type), type::getName))
        .collect(Collectors.toSet());
  }

  /** The record stored under a name; empty for a name this version does not know. */
  static Optional<Class<?>> typeOf(String name) {
    return Optional.ofNullable(TYPES.get(name));
  }

  /**
   * For the start of a node: checks that every event of each aggregate has a name of its own.
   *
   * @throws IllegalStateException naming what is missing
   */
  public static void check() {
    List<String> nameless =
        Stream.of(VoucherEvent.class, ClassEvent.class, InstitutionEvent.class)
            .flatMap(DomainShapes::leaves)
            .filter(type -> !NAMES.containsKey(type))
            .map(Class::getName)
            .sorted()
            .toList();
    if (!nameless.isEmpty()) {
      throw new IllegalStateException("events without a name: " + String.join(", ", nameless));
    }
    if (NAMES.size() != TYPES.size()) {
      throw new IllegalStateException("two event names for the same record");
    }
  }

  private static Map<Class<?>, String> inverted() {
    Map<Class<?>, String> names = new HashMap<>();
    TYPES.forEach((name, type) -> names.put(type, name));
    return Map.copyOf(names);
  }
}
