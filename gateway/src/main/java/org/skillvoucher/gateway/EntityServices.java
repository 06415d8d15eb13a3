package org.skillvoucher.gateway;

import java.time.InstantSource;
import org.apache.pekko.actor.typed.ActorSystem;
import org.skillvoucher.gateway.cardplatform.CardPlatform;
import org.skillvoucher.gateway.cardplatform.gm.GmCardPlatform;
import org.skillvoucher.gateway.device.DeviceNames;
import org.skillvoucher.gateway.device.DeviceSignatures;
import org.skillvoucher.gateway.device.TimeBeacons;
import org.skillvoucher.gateway.entity.ShardedClasses;
import org.skillvoucher.gateway.entity.ShardedInstitutions;
import org.skillvoucher.gateway.entity.ShardedVouchers;
import org.skillvoucher.gateway.journal.event.EventReader;
import org.skillvoucher.gateway.person.Vault;
import org.skillvoucher.gateway.receipt.Sm2Sealer;
import org.skillvoucher.gateway.scan.DeviceTrust;
import org.skillvoucher.gateway.scan.Identification;
import org.skillvoucher.gateway.scan.OfflineBatches;
import org.skillvoucher.gateway.scan.OnlineScans;
import org.skillvoucher.gateway.scan.ScanService;

/** The write side: the sharded entities, and the scan service over them. */
record EntityServices(
    ShardedClasses classes,
    ShardedVouchers vouchers,
    ShardedInstitutions institutions,
    TimeBeacons beacons) {
  static EntityServices start(
      ActorSystem<?> system,
      Settings settings,
      Node.Dependencies dependencies,
      DeviceNames deviceNames,
      EventReader events) {
    var sealer = new Sm2Sealer(dependencies.receiptKeys(), settings.issuer());
    return new EntityServices(
        ShardedClasses.start(system, sealer, events, settings.entity()),
        ShardedVouchers.start(system, settings.entity()),
        ShardedInstitutions.start(system, deviceNames, settings.entity()),
        new TimeBeacons(dependencies.receiptKeys(), settings.issuer()));
  }

  /** The use cases of a scan over these entities. */
  ScanService scans(
      ActorSystem<?> system, Settings settings, Node.Dependencies dependencies, Vault vault) {
    InstantSource clock = dependencies.clock();
    CardPlatform platform =
        dependencies.platform().orElseGet(() -> new GmCardPlatform(system, settings.platform()));
    var signatures = new DeviceSignatures(settings.devices().keysCachedMax());
    var devices = new DeviceTrust(institutions, signatures);
    var identification = new Identification(platform, vault, clock);
    var offline =
        new OfflineBatches(
            system, classes, devices, identification, beacons, settings.entity(), clock);
    return new OnlineScans(classes, devices, identification, offline, clock);
  }
}
