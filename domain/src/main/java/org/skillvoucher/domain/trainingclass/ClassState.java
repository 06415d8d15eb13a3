package org.skillvoucher.domain.trainingclass;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.domain.device.DeviceChainHead;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.scan.ScanLedger;

/** A class's state: unfiled → filed → approved → open → closed; or filed → returned. */
public sealed interface ClassState {
  static ClassState initial() {
    return new Unfiled();
  }

  record Unfiled() implements ClassState {}

  record Filed(Filing filing, ClassRules rules) implements ClassState {}

  record Returned(Filing filing, String reason) implements ClassState {}

  /** Approved and being prepared: its roster and timetable may change. */
  record Approved(Plan plan) implements ClassState {}

  /**
   * Running.
   *
   * @param devices the head of each device's chain of statements, by device name
   */
  record Open(
      Plan plan,
      ScanLedger ledger,
      Chain chain,
      Map<String, DeviceChainHead> devices,
      Supervision supervision)
      implements ClassState {
    public Open {
      devices = Map.copyOf(devices);
    }

    public Open(Plan plan, ScanLedger ledger, Chain chain) {
      this(plan, ledger, chain, Map.of(), Supervision.NONE);
    }

    /** Where a recorded scan was made. */
    String siteOf(ScanLedger.Entry entry) {
      return entry
          .statement()
          .map(statement -> DeviceChainHead.in(devices, statement.device()).site())
          .orElse("");
    }

    /** The devices of which statements are missing. */
    public List<String> gaps() {
      return devices.entrySet().stream()
          .filter(device -> device.getValue().gapTo() > 0)
          .map(Map.Entry::getKey)
          .sorted()
          .toList();
    }

    Open with(Plan changed) {
      return new Open(changed, ledger, chain, devices, supervision);
    }

    Open with(Supervision changed) {
      return new Open(plan, ledger, chain, devices, changed);
    }

    Open with(ScanLedger changed) {
      return new Open(plan, changed, chain, devices, supervision);
    }

    Open with(String device, DeviceChainHead head) {
      Map<String, DeviceChainHead> more = new HashMap<>(devices);
      more.put(device, head);
      return new Open(plan, ledger, chain, more, supervision);
    }
  }

  record Closed(Plan plan, ScanLedger ledger, Chain chain, Supervision supervision)
      implements ClassState {
    public Closed(Plan plan, ScanLedger ledger, Chain chain) {
      this(plan, ledger, chain, Supervision.NONE);
    }
  }

  /** What was agreed before the first lesson. */
  record Plan(
      Filing filing, ClassRules rules, Instant approvedAt, Roster roster, Timetable timetable) {
    /** Whether this person has a place in the class: as a trainee or as a teacher. */
    boolean isTaughtOrTeaches(PersonPseudonym person) {
      return roster.has(person) || filing.teachers().contains(person);
    }

    Plan withRoster(Roster changed) {
      return new Plan(filing, rules, approvedAt, changed, timetable);
    }

    Plan withTimetable(Timetable changed) {
      return new Plan(filing, rules, approvedAt, roster, changed);
    }
  }

  /** The end of the class's chain of receipts. */
  record Chain(long sequence, String lastPayloadHash, long lastIssuedAtMillis) {
    static final Chain START = new Chain(0, ReceiptDraft.NO_PREVIOUS, 0);

    static Chain after(SealedReceipt receipt) {
      return new Chain(receipt.sequence(), receipt.payloadHash(), receipt.issuedAtMillis());
    }
  }

  /** What was filed; empty before. */
  default Optional<Filing> lastFiling() {
    return switch (this) {
      case Unfiled s -> Optional.empty();
      case Filed(var filing, var rules) -> Optional.of(filing);
      case Returned(var filing, var reason) -> Optional.of(filing);
      case Approved(var plan) -> Optional.of(plan.filing());
      case Open open -> Optional.of(open.plan().filing());
      case Closed closed -> Optional.of(closed.plan().filing());
    };
  }

  /** The state's stable name, as refusals, read models and the API give it. */
  default String name() {
    return switch (this) {
      case Unfiled s -> "unfiled";
      case Filed s -> "filed";
      case Returned s -> "returned";
      case Approved s -> "approved";
      case Open s -> "open";
      case Closed s -> "closed";
    };
  }
}
