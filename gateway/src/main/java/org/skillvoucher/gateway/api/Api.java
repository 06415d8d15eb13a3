package org.skillvoucher.gateway.api;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.http.javadsl.server.Route;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.policy.RulePack;
import org.skillvoucher.gateway.audit.JournalAudit;
import org.skillvoucher.gateway.device.DeviceCredentials;
import org.skillvoucher.gateway.device.DeviceNames;
import org.skillvoucher.gateway.device.RoomCodes;
import org.skillvoucher.gateway.device.TimeBeacons;
import org.skillvoucher.gateway.entity.Classes;
import org.skillvoucher.gateway.entity.Institutions;
import org.skillvoucher.gateway.entity.Vouchers;
import org.skillvoucher.gateway.forward.ParkedMessages;
import org.skillvoucher.gateway.http.Endpoint;
import org.skillvoucher.gateway.http.HttpSettings;
import org.skillvoucher.gateway.http.RequestMetrics;
import org.skillvoucher.gateway.http.RequestPipeline;
import org.skillvoucher.gateway.person.People;
import org.skillvoucher.gateway.projection.Views;
import org.skillvoucher.gateway.roster.RosterImport;
import org.skillvoucher.gateway.roster.RosterReader;
import org.skillvoucher.gateway.scan.ScanService;
import org.skillvoucher.gateway.security.Authenticator;
import org.skillvoucher.gateway.security.IdempotentCalls;
import org.skillvoucher.gateway.security.KeyedHash;
import org.skillvoucher.gateway.voucher.VoucherIssuing;

/** Composes the HTTP API that openapi.yaml describes. */
public final class Api {
  private Api() {}

  /**
   * Authentication, and the identities of people and devices.
   *
   * @param idempotentCalls for every POST but scans
   */
  public record Security(
      Authenticator authenticator,
      IdempotentCalls idempotentCalls,
      KeyedHash keyedHash,
      People people,
      DeviceCredentials deviceCredentials,
      DeviceNames deviceNames) {}

  /** The entities, services and read models behind the routes. */
  public record Backend(
      Classes classes,
      Vouchers vouchers,
      Institutions institutions,
      ScanService scans,
      Views views,
      ParkedMessages parkedMessages,
      JournalAudit audit) {}

  /**
   * Rules, time and keys.
   *
   * @param rulePacks the pack in force in a region on a business day
   * @param clock business time
   * @param certificatesPem all certificates with which receipts are verified, root first
   */
  public record Context(
      BiFunction<RegionCode, LocalDate, Optional<RulePack>> rulePacks,
      InstantSource clock,
      String certificatesPem,
      TimeBeacons beacons,
      RoomCodes roomCodes,
      MeterRegistry meters) {}

  /** All routes behind one {@link RequestPipeline}. */
  public static Route route(
      ClassicActorSystemProvider system,
      HttpSettings settings,
      Security security,
      Backend backend,
      Context context) {
    RequestPipeline pipeline =
        new RequestPipeline(
            system,
            settings,
            security.authenticator(),
            security.idempotentCalls(),
            new RequestMetrics("vgw.http", context.meters()),
            endpoints(system, settings, security, backend, context));
    return route(pipeline);
  }

  static Route route(RequestPipeline pipeline) {
    return Directives.extractRequest(
        request -> Directives.completeWithFuture(pipeline.answer(request)));
  }

  static List<Endpoint> endpoints(
      ClassicActorSystemProvider system,
      HttpSettings settings,
      Security security,
      Backend backend,
      Context context) {
    var ids = new DerivedIds(security.keyedHash());
    return Stream.of(
            vouchersAndClasses(system, settings, security, backend, context, ids),
            scansAndReceipts(settings, security, backend, context, ids),
            directoryAndRecords(security, backend, context))
        .flatMap(groups -> groups)
        .flatMap(List::stream)
        .map(
            endpoint ->
                endpoint.template().startsWith("/v1/classes")
                    ? endpoint.keepingTheKeyWithTheClass()
                    : endpoint)
        .toList();
  }

  private static Stream<List<Endpoint>> vouchersAndClasses(
      ClassicActorSystemProvider system,
      HttpSettings settings,
      Security security,
      Backend backend,
      Context context,
      DerivedIds ids) {
    var rules = new RulePackSelection(context.rulePacks());
    var people = security.people();
    var clock = context.clock();
    var classes = backend.classes();
    var vouchers = backend.vouchers();
    var views = backend.views();
    return Stream.of(
        // POST /v1/vouchers
        new VoucherIssueRoutes(
                new VoucherIssuing(system, vouchers, views, people), rules, ids, clock)
            .endpoints(),
        // GET  /v1/vouchers
        // GET  /v1/vouchers/{voucherId}
        // POST /v1/vouchers/{voucherId}/claim | binding | freeze | unfreeze | cancellation |
        //      expiry
        new VoucherRoutes(
                new VoucherRoutes.Entities(vouchers, classes, backend.institutions()),
                views,
                people,
                clock)
            .endpoints(),
        // POST /v1/classes
        // GET  /v1/classes
        // GET  /v1/classes/{classId}
        // POST /v1/classes/{classId}/approval | timetable | opening | closing
        new ClassRoutes(
                classes,
                backend.institutions(),
                views,
                people,
                new ClassRoutes.FilingContext(rules, ids, clock))
            .endpoints(),
        // GET  /v1/classes/{classId}/sheet
        new SheetRoutes(classes, views, people, clock).endpoints(),
        // POST /v1/classes/{classId}/roster
        new RosterRoutes(
                new ActiveClasses(classes, backend.institutions(), clock),
                new RosterReader(settings.rosters(), settings.retryAfter()),
                new RosterImport(classes, views, people, clock),
                clock)
            .endpoints(),
        // POST /v1/classes/{classId}/roster/{person}/name | removal
        new EnrolmentRoutes(classes, people, clock).endpoints(),
        // POST /v1/classes/{classId}/corrections
        // GET  /v1/classes/{classId}/corrections
        // POST /v1/classes/{classId}/corrections/{correctionId}/decision
        // POST /v1/classes/{classId}/spot-checks | gap-waivers
        // GET  /v1/flags
        // GET  /v1/flags/{flagId}
        // POST /v1/classes/{classId}/flags/{flagId}/decision
        new SupervisionRoutes(classes, backend.institutions(), views, ids, clock).endpoints());
  }

  private static Stream<List<Endpoint>> scansAndReceipts(
      HttpSettings settings, Security security, Backend backend, Context context, DerivedIds ids) {
    var people = security.people();
    var clock = context.clock();
    var classes = backend.classes();
    var tokens = new DeviceTokens(security.deviceCredentials(), backend.institutions());
    return Stream.of(
        // POST /v1/classes/{classId}/scans
        new ScanRoutes(
                backend.scans(),
                people,
                ids,
                new ScanRoutes.Devices(context.beacons(), tokens),
                clock)
            .endpoints(),
        // POST /v1/statement-batches
        new BatchRoutes(backend.scans(), people, ids, clock, settings.batchItemsMax()).endpoints(),
        // GET  /v1/beacons
        // GET  /v1/classes/{classId}/lessons/{lessonId}/room-codes
        // POST /v1/classes/{classId}/sign-ins
        new RoomRoutes(
                backend.scans(),
                backend.institutions(),
                new VisibleClasses(classes),
                people,
                ids,
                new RoomRoutes.Codes(context.beacons(), context.roomCodes(), clock))
            .endpoints(),
        // GET  /v1/classes/{classId}/receipts/{sequence}
        // GET  /v1/receipts/{receiptId}
        // GET  /v1/receipts
        new ReceiptRoutes(classes, backend.views()).endpoints());
  }

  private static Stream<List<Endpoint>> directoryAndRecords(
      Security security, Backend backend, Context context) {
    var institutions = backend.institutions();
    var views = backend.views();
    var rules = new RulePackSelection(context.rulePacks());
    var clock = context.clock();
    return Stream.of(
        // POST /v1/institutions
        // GET  /v1/institutions
        // GET  /v1/institutions/{creditCode}
        // POST /v1/institutions/{creditCode}/suspension | reinstatement | exit | sites
        new InstitutionRoutes(institutions, views, rules, clock).endpoints(),
        // POST /v1/institutions/{creditCode}/devices
        // GET  /v1/institutions/{creditCode}/devices
        // POST /v1/institutions/{creditCode}/devices/{deviceId}/invitation | suspension |
        //      reinstatement | revocation
        // POST /v1/enrolments
        new DeviceRoutes(institutions, security.deviceCredentials(), security.deviceNames(), clock)
            .endpoints(),
        // GET  /v1/evidence
        // GET  /v1/evidence/{evidenceId}
        // POST /v1/evidence/retries
        // POST /v1/evidence/{evidenceId}/retry
        // GET  /v1/audit
        new EvidenceRoutes(views, backend.parkedMessages(), backend.audit()).endpoints(),
        // GET  /v1/journal
        new JournalRoutes(views).endpoints(),
        // GET  /v1/keys
        // GET  /openapi.yaml
        // GET  /docs, and the files of that page
        new OpenRoutes(context.certificatesPem()).endpoints());
  }
}
