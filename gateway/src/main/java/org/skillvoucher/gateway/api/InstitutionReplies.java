package org.skillvoucher.gateway.api;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.skillvoucher.domain.institution.Device;
import org.skillvoucher.domain.institution.InstitutionState.Admitted;
import org.skillvoucher.domain.institution.InstitutionState.Stop;
import org.skillvoucher.domain.institution.Site;
import org.skillvoucher.gateway.http.Times;
import org.skillvoucher.gateway.projection.Views;

/** Bodies about institutions, as openapi.yaml describes them. */
final class InstitutionReplies {
  private InstitutionReplies() {}

  record StopBody(String reason, String evidence, String effectiveAt) {
    static StopBody of(Stop stop) {
      return new StopBody(stop.reason().code(), stop.evidence(), Times.text(stop.from()));
    }
  }

  record RoomBody(String roomId, String name) {}

  record SiteBody(String siteId, String name, String address, List<RoomBody> rooms) {
    static SiteBody of(Site site) {
      return new SiteBody(
          site.id(),
          site.name(),
          site.address(),
          site.rooms().stream().map(room -> new RoomBody(room.id(), room.name())).toList());
    }
  }

  record InstitutionBody(
      String creditCode,
      String region,
      String name,
      String qualification,
      int edition,
      Optional<String> checkOverride,
      String state,
      Optional<StopBody> stop,
      List<SiteBody> sites,
      int devices) {
    static InstitutionBody of(Admitted state) {
      return new InstitutionBody(
          state.admission().creditCode().value(),
          state.admission().region().value(),
          state.admission().name(),
          state.admission().qualification(),
          state.admission().edition(),
          state.admission().checkOverride(),
          state.name(),
          state.stop().map(StopBody::of),
          state.sites().values().stream()
              .sorted(Comparator.comparing(Site::id))
              .map(SiteBody::of)
              .toList(),
          state.devices().size());
    }
  }

  record InstitutionInList(
      String creditCode, String region, String name, int edition, String state) {
    static InstitutionInList of(Views.InstitutionRow row) {
      return new InstitutionInList(
          row.creditCode(), row.region(), row.name(), row.edition(), row.state());
    }
  }

  record DeviceBody(
      String deviceId,
      String device,
      String siteId,
      String roomId,
      String name,
      String status,
      Optional<String> suite) {
    static DeviceBody of(Device device) {
      return new DeviceBody(
          device.id(),
          device.name(),
          device.site(),
          device.room(),
          device.label(),
          device.status().name().toLowerCase(Locale.ROOT),
          device.key().map(key -> key.suite().name().toLowerCase(Locale.ROOT)));
    }
  }

  /** The only reply with the code; a retry of the same request gets it again. */
  record InvitationBody(
      String deviceId,
      String device,
      String siteId,
      String roomId,
      String enrolmentCode,
      String expiresAt) {
    @Override
    public String toString() {
      return "InvitationBody";
    }
  }

  record EnrolmentBody(
      String device, String token, String institution, String siteId, String roomId) {
    @Override
    public String toString() {
      return "EnrolmentBody";
    }
  }
}
