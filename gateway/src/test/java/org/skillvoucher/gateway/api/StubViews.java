package org.skillvoucher.gateway.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.gateway.projection.Views;
import org.skillvoucher.gateway.security.Caller;

/** Read models with the rows a test put into them; they record how they were asked. */
final class StubViews implements Views {
  final List<VoucherRow> vouchers = new ArrayList<>();
  final List<Overlap> overlaps = new ArrayList<>();
  final List<ClassRow> classes = new ArrayList<>();
  final List<ReceiptRow> receipts = new ArrayList<>();
  final List<EvidenceRow> evidence = new ArrayList<>();
  final List<InstitutionRow> institutions = new ArrayList<>();
  final List<CorrectionRow> corrections = new ArrayList<>();
  final List<FlagRow> flags = new ArrayList<>();
  Optional<FlagFilter> flagFilter = Optional.empty();
  Optional<ClassSheet> sheet = Optional.empty();
  Optional<String> nextCursor = Optional.empty();
  Optional<Paging> paging = Optional.empty();
  Optional<Caller.Scope> scope = Optional.empty();
  Optional<String> state = Optional.empty();
  final List<JournalRow> journal = new ArrayList<>();

  private <T> CompletionStage<Page<T>> page(List<T> items, Paging asked) {
    paging = Optional.of(asked);
    return CompletableFuture.completedStage(new Page<>(List.copyOf(items), nextCursor));
  }

  @Override
  public CompletionStage<Page<InstitutionRow>> institutions(Caller.Scope within, Paging asked) {
    scope = Optional.of(within);
    return page(institutions, asked);
  }

  @Override
  public CompletionStage<Page<CorrectionRow>> corrections(ClassId classId, Paging asked) {
    return page(corrections, asked);
  }

  @Override
  public CompletionStage<Page<FlagRow>> flags(
      Caller.Scope within, FlagFilter filter, Paging asked) {
    scope = Optional.of(within);
    flagFilter = Optional.of(filter);
    return page(flags, asked);
  }

  @Override
  public CompletionStage<Optional<FlagRow>> flag(String flagId) {
    return CompletableFuture.completedStage(
        flags.stream().filter(row -> row.flagId().equals(flagId)).findFirst());
  }

  @Override
  public CompletionStage<Page<VoucherRow>> vouchers(
      Caller.Scope within, Optional<String> inState, Paging asked) {
    scope = Optional.of(within);
    state = inState;
    return page(vouchers, asked);
  }

  @Override
  public CompletionStage<List<VoucherRow>> vouchersToBind(
      Caller.Scope within, PersonPseudonym holder) {
    scope = Optional.of(within);
    return CompletableFuture.completedStage(
        vouchers.stream().filter(row -> row.holder().equals(holder.value())).toList());
  }

  @Override
  public CompletionStage<Map<PersonPseudonym, List<VoucherId>>> vouchersOf(
      VoucherKind kind, List<PersonPseudonym> holders) {
    return CompletableFuture.completedStage(
        holders.stream()
            .collect(
                Collectors.toMap(
                    holder -> holder,
                    holder ->
                        vouchers.stream()
                            .filter(row -> row.holder().equals(holder.value()))
                            .map(row -> new VoucherId(row.voucherId()))
                            .toList())));
  }

  @Override
  public CompletionStage<Map<PersonPseudonym, Overlap>> overlaps(
      Caller.Scope within,
      OtherClasses others,
      ClassId classId,
      List<Lesson> lessons,
      List<PersonPseudonym> people) {
    scope = Optional.of(within);
    return CompletableFuture.completedStage(
        overlaps.stream()
            .filter(overlap -> people.contains(overlap.person()))
            .collect(Collectors.toMap(Overlap::person, overlap -> overlap)));
  }

  @Override
  public CompletionStage<Page<ClassRow>> classes(
      Caller.Scope within, Optional<String> inState, Paging asked) {
    scope = Optional.of(within);
    state = inState;
    return page(classes, asked);
  }

  @Override
  public CompletionStage<Optional<ReceiptRow>> receipt(String receiptId) {
    return CompletableFuture.completedStage(
        receipts.stream().filter(row -> row.receiptId().equals(receiptId)).findFirst());
  }

  @Override
  public CompletionStage<Page<ReceiptRow>> receipts(ClassId classId, Paging asked) {
    return page(receipts, asked);
  }

  @Override
  public CompletionStage<Optional<ClassSheet>> sheet(ClassId classId, Paging asked) {
    paging = Optional.of(asked);
    return CompletableFuture.completedStage(sheet);
  }

  @Override
  public CompletionStage<Optional<ClassSheet>> wholeSheet(ClassId classId) {
    return CompletableFuture.completedStage(sheet);
  }

  @Override
  public CompletionStage<Optional<EvidenceRow>> evidence(String evidenceId) {
    return CompletableFuture.completedStage(
        evidence.stream().filter(row -> row.evidenceId().equals(evidenceId)).findFirst());
  }

  @Override
  public CompletionStage<Page<EvidenceRow>> evidences(
      Caller.Scope within, Optional<ClassId> classId, Optional<String> inState, Paging asked) {
    scope = Optional.of(within);
    state = inState;
    return page(evidence, asked);
  }

  @Override
  public CompletionStage<JournalPage> journal(Paging asked) {
    paging = Optional.of(asked);
    return CompletableFuture.completedStage(
        new JournalPage(List.copyOf(journal), nextCursor.orElse("bm93"), nextCursor.isEmpty()));
  }

  @Override
  public CompletionStage<String> journalEnd() {
    return CompletableFuture.completedStage("ZW5k");
  }
}
