package org.skillvoucher.domain.institution;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The state of an institution: unknown → admitted, with a stop while suspended or out. */
public sealed interface InstitutionState {
  static InstitutionState initial() {
    return new Unknown();
  }

  record Unknown() implements InstitutionState {}

  /**
   * In the directory, or out of it again.
   *
   * @param stop why it may not train, and from when; empty while it may
   * @param sites by id
   * @param devices by id
   * @param stoppedBefore past suspensions, as far back as the oldest acceptable offline statement
   */
  record Admitted(
      Admission admission,
      Optional<Stop> stop,
      Map<String, Site> sites,
      Map<String, Device> devices,
      List<StoppedTime> stoppedBefore)
      implements InstitutionState {
    /** The age of the oldest acceptable offline statement: 72 hours and the accepted clock skew. */
    private static final Duration LOOKED_BACK = Duration.ofHours(74);

    public Admitted {
      sites = Map.copyOf(sites);
      devices = Map.copyOf(devices);
      stoppedBefore = List.copyOf(stoppedBefore);
    }

    public Admitted(
        Admission admission,
        Optional<Stop> stop,
        Map<String, Site> sites,
        Map<String, Device> devices) {
      this(admission, stop, sites, devices, List.of());
    }

    /** The device a statement names, whatever its state; empty for an outdated enrolment. */
    public Optional<Device> named(String name) {
      return deviceOf(name).filter(device -> device.name().equals(name));
    }

    /** Whether the name is that of a replaced enrolment of a device. */
    boolean hasHad(String name) {
      return deviceOf(name)
          .filter(
              device ->
                  IntStream.range(1, device.enrolment())
                      .anyMatch(number -> name.equals(device.nameOf(number))))
          .isPresent();
    }

    private Optional<Device> deviceOf(String name) {
      return Optional.ofNullable(devices.get(Device.idOf(name)));
    }

    /** The device a statement names, if its signature counts. */
    public Optional<Device> trusted(String name) {
      return named(name).filter(device -> device.status() == Device.Status.ENROLLED);
    }

    Admitted with(Optional<Stop> changed) {
      return new Admitted(admission, changed, sites, devices, stoppedBefore);
    }

    Admitted with(Site site) {
      Map<String, Site> more = new HashMap<>(sites);
      more.put(site.id(), site);
      return new Admitted(admission, stop, more, devices, stoppedBefore);
    }

    Admitted with(Device device) {
      Map<String, Device> more = new HashMap<>(devices);
      more.put(device.id(), device);
      return new Admitted(admission, stop, sites, more, stoppedBefore);
    }

    /** Ends a suspension, and records its period. */
    Admitted free(Admission anew, Instant now) {
      Stream<StoppedTime> recent =
          stoppedBefore.stream().filter(time -> time.until().isAfter(now.minus(LOOKED_BACK)));
      Stream<StoppedTime> over =
          stop.stream()
              .filter(held -> held.from().isBefore(now))
              .map(held -> new StoppedTime(held.from(), now));
      return new Admitted(
          anew, Optional.empty(), sites, devices, Stream.concat(recent, over).toList());
    }
  }

  /**
   * A suspension or an exit.
   *
   * @param from effective to the second
   * @param exit whether it is final for the edition
   */
  record Stop(StopReason reason, String evidence, Instant from, boolean exit) {}

  /** The state's stable name, as in the API. */
  default String name() {
    return switch (this) {
      case Unknown s -> "unknown";
      case Admitted admitted ->
          admitted.stop().map(stop -> stop.exit() ? "exited" : "suspended").orElse("admitted");
    };
  }
}
