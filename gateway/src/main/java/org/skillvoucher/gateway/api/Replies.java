package org.skillvoucher.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.voucher.VoucherPlaces;
import org.skillvoucher.domain.voucher.VoucherState;
import org.skillvoucher.domain.voucher.VoucherTerms;
import org.skillvoucher.gateway.audit.AuditReport;
import org.skillvoucher.gateway.entity.Classes;
import org.skillvoucher.gateway.http.Json;
import org.skillvoucher.gateway.http.Times;
import org.skillvoucher.gateway.projection.Views;

/** Bodies of replies, as openapi.yaml describes them. Empty optionals are left out. */
final class Replies {
  private Replies() {}

  record Items<T>(List<T> items, Optional<String> nextCursor) {}

  record Voucher(
      String voucherId,
      String state,
      String holder,
      String region,
      String occupation,
      int level,
      String expiresAt,
      Optional<List<String>> usableRegions,
      Optional<List<String>> usableInstitutions,
      Optional<String> classId,
      Optional<String> reason) {

    static Voucher of(Views.VoucherRow row) {
      return new Voucher(
          row.voucherId(),
          row.state(),
          row.holder(),
          row.region(),
          row.occupation(),
          row.level(),
          Times.text(row.expiresAt()),
          codes(row.places().map(VoucherPlaces::regions)),
          codes(row.places().map(VoucherPlaces::institutions)),
          row.classId(),
          Optional.empty());
    }

    private static Optional<List<String>> codes(Optional<? extends List<?>> named) {
      return named
          .filter(codes -> !codes.isEmpty())
          .map(codes -> codes.stream().map(Object::toString).toList());
    }

    static Voucher of(VoucherId id, VoucherState state, VoucherTerms terms) {
      return new Voucher(
          id.value(),
          state.name(),
          terms.holder().value(),
          terms.region().value(),
          terms.occupation().value(),
          terms.level(),
          Times.text(terms.expiresAt()),
          codes(terms.places().map(VoucherPlaces::regions)),
          codes(terms.places().map(VoucherPlaces::institutions)),
          state.boundTo().map(ClassId::value),
          reasonOf(state));
    }
  }

  /** The terms of a voucher; empty when it was never issued. */
  static Optional<VoucherTerms> termsOf(VoucherState state) {
    return switch (state) {
      case VoucherState.Unissued s -> Optional.empty();
      case VoucherState.Running running -> Optional.of(running.terms());
      case VoucherState.Frozen frozen -> Optional.of(frozen.before().terms());
      case VoucherState.Completed completed -> Optional.of(completed.terms());
      case VoucherState.Lapsed lapsed -> Optional.of(lapsed.terms());
      case VoucherState.Expired expired -> Optional.of(expired.terms());
      case VoucherState.Voided voided -> Optional.of(voided.terms());
    };
  }

  private static Optional<String> reasonOf(VoucherState state) {
    return switch (state) {
      case VoucherState.Frozen frozen -> Optional.of(frozen.reason());
      case VoucherState.Voided voided -> Optional.of(voided.reason());
      case VoucherState.Lapsed lapsed -> Optional.of(lapsed.reason());
      case VoucherState.Unissued s -> Optional.empty();
      case VoucherState.Running s -> Optional.empty();
      case VoucherState.Completed s -> Optional.empty();
      case VoucherState.Expired s -> Optional.empty();
    };
  }

  /** The outcome for one person. */
  record VoucherItem(
      int index,
      String outcome,
      Optional<String> voucherId,
      Optional<String> code,
      Optional<String> detail) {
    static VoucherItem of(int index, String outcome, VoucherId id) {
      return new VoucherItem(
          index, outcome, Optional.of(id.value()), Optional.empty(), Optional.empty());
    }
  }

  record VoucherItems(List<VoucherItem> items, long issued, long alreadyIssued, long refused) {
    static VoucherItems of(List<VoucherItem> items) {
      return new VoucherItems(
          items, count(items, "issued"), count(items, "already_issued"), count(items, "refused"));
    }

    private static long count(List<VoucherItem> items, String outcome) {
      return items.stream().filter(item -> item.outcome().equals(outcome)).count();
    }
  }

  record ClassLesson(String lessonId, String title, String kind, String startsAt, String endsAt) {
    static ClassLesson of(Lesson lesson) {
      return new ClassLesson(
          lesson.id().value(),
          lesson.title(),
          lesson.kind().name().toLowerCase(Locale.ROOT),
          Times.text(lesson.startsAt()),
          Times.text(lesson.endsAt()));
    }
  }

  record TrainingClass(
      String classId,
      String state,
      String institution,
      String region,
      String occupation,
      int level,
      String title,
      String rulePack,
      Optional<String> approvedAt,
      int rosterSize,
      int vouchersBound,
      List<ClassLesson> lessons,
      long receipts) {
    static TrainingClass of(Classes.Summary summary) {
      var filing = summary.filing();
      return new TrainingClass(
          summary.classId().value(),
          summary.state(),
          filing.institution().value(),
          filing.region().value(),
          filing.occupation().value(),
          filing.level(),
          filing.title(),
          summary.rulePack(),
          summary.approvedAt().map(Times::text),
          summary.rosterSize(),
          summary.vouchersBound(),
          summary.lessons().stream().map(ClassLesson::of).toList(),
          summary.receipts());
    }
  }

  record ReceiptInList(String receiptId, String classId, long sequence, String receipt) {
    static ReceiptInList of(Views.ReceiptRow row) {
      return new ReceiptInList(row.receiptId(), row.classId(), row.sequence(), row.record());
    }
  }

  record Evidence(
      String evidenceId,
      String classId,
      String contentHash,
      String state,
      int attempts,
      Optional<String> lastError,
      Optional<String> cause,
      Optional<JsonNode> acknowledgement,
      Optional<JsonNode> content) {

    static Evidence inList(Views.EvidenceRow row) {
      return of(row, Optional.empty());
    }

    static Evidence whole(Views.EvidenceRow row) {
      return of(row, Optional.of(Json.tree(row.content())));
    }

    private static Evidence of(Views.EvidenceRow row, Optional<JsonNode> content) {
      return new Evidence(
          row.evidenceId(),
          row.classId(),
          row.contentHash(),
          row.state(),
          row.attempts(),
          row.lastError(),
          row.cause(),
          row.acknowledgement().map(Json::tree),
          content);
    }
  }

  record Released(String cause, int released) {}

  record Retried(String evidenceId, boolean unparked) {}

  record Difference(String persistenceId, long journalEvents, long appliedEvents) {}

  record Audit(
      String at,
      long journalEvents,
      long appliedEvents,
      long entities,
      List<Difference> differences) {
    static Audit of(AuditReport report) {
      return new Audit(
          Times.text(report.at()),
          report.journalEvents(),
          report.appliedEvents(),
          report.entities(),
          report.differences().stream()
              .map(d -> new Difference(d.persistenceId(), d.journalEvents(), d.appliedEvents()))
              .toList());
    }
  }
}
