package org.skillvoucher.gateway.api;

import static org.skillvoucher.gateway.security.Role.AUDITOR;
import static org.skillvoucher.gateway.security.Role.DEVICE;
import static org.skillvoucher.gateway.security.Role.INSTITUTION;
import static org.skillvoucher.gateway.security.Role.ISSUING_AUTHORITY;
import static org.skillvoucher.gateway.security.Role.OPERATOR;

import java.util.List;
import java.util.Set;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.gateway.entity.Classes;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.http.Endpoint;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.ProblemException;
import org.skillvoucher.gateway.http.Reply;
import org.skillvoucher.gateway.http.Text;
import org.skillvoucher.gateway.projection.Views;
import org.skillvoucher.gateway.security.Role;

/** Receipts, by their number in the class or by their id. */
final class ReceiptRoutes {
  private static final Set<Role> READERS =
      Set.of(DEVICE, INSTITUTION, ISSUING_AUTHORITY, AUDITOR, OPERATOR);

  private final Classes classes;
  private final VisibleClasses visible;
  private final Views views;

  ReceiptRoutes(Classes classes, Views views) {
    this.classes = classes;
    this.visible = new VisibleClasses(classes);
    this.views = views;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/classes/{classId}/receipts/{sequence}", READERS, this::ofClass)
            .producing(Reply.JSON, Reply.OCTETS),
        Endpoint.get("/v1/receipts/{receiptId}", READERS, this::byId)
            .producing(Reply.JSON, Reply.OCTETS),
        Endpoint.get("/v1/receipts", READERS, this::list, "classId", "limit", "cursor"));
  }

  private Endpoint.Work ofClass(Call call) {
    ClassId classId = call.classId();
    String sequence = call.variable("sequence");
    if (!sequence.matches("[1-9][0-9]{0,17}")) {
      throw new ProblemException(Problem.notFound());
    }
    return () ->
        visible
            .find(call, classId)
            .thenCompose(seen -> classes.receipt(classId, Long.parseLong(sequence)))
            .thenApply(
                found ->
                    found
                        .map(receipt -> ReceiptReply.of(call, receipt.record()))
                        .orElseThrow(() -> new ProblemException(Problem.notFound())));
  }

  private Endpoint.Work byId(Call call) {
    String id = call.variable("receiptId");
    if (!id.matches("[0-9A-Za-z]{1,64}")) {
      throw new ProblemException(Problem.notFound());
    }
    return () ->
        views
            .receipt(id)
            .thenApply(
                found ->
                    found
                        .filter(row -> sees(call, row))
                        .map(row -> ReceiptReply.of(call, row.record()))
                        .orElseThrow(() -> new ProblemException(Problem.notFoundYet())));
  }

  private static boolean sees(Call call, Views.ReceiptRow row) {
    return call.sees(new CreditCode(row.institution()), new RegionCode(row.region()));
  }

  private Endpoint.Work list(Call call) {
    ClassId classId =
        call.classIdParameter()
            .orElseThrow(() -> Call.badParameter("classId", new Text("is missing", "缺失")));
    Views.Paging paging = call.paging();
    return () ->
        visible
            .find(call, classId)
            .thenCompose(seen -> views.receipts(classId, paging))
            .thenApply(
                page ->
                    Reply.json(
                        200,
                        new Replies.Items<>(
                            page.items().stream().map(Replies.ReceiptInList::of).toList(),
                            page.nextCursor())));
  }
}
