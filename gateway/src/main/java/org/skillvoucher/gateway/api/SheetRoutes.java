package org.skillvoucher.gateway.api;

import static org.skillvoucher.gateway.security.Role.AUDITOR;
import static org.skillvoucher.gateway.security.Role.INSTITUTION;
import static org.skillvoucher.gateway.security.Role.ISSUING_AUTHORITY;
import static org.skillvoucher.gateway.security.Role.OPERATOR;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.gateway.entity.Classes;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.http.Endpoint;
import org.skillvoucher.gateway.http.MediaTypes;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.ProblemException;
import org.skillvoucher.gateway.http.Reply;
import org.skillvoucher.gateway.http.Text;
import org.skillvoucher.gateway.http.Times;
import org.skillvoucher.gateway.person.Masking;
import org.skillvoucher.gateway.person.People;
import org.skillvoucher.gateway.projection.Views;
import org.skillvoucher.gateway.security.Caller;
import org.skillvoucher.gateway.security.Role;
import org.skillvoucher.gateway.sheet.SheetCsv;
import org.skillvoucher.gateway.sheet.SheetTable;
import org.skillvoucher.gateway.sheet.SheetXlsx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attendance sheet (考勤表, R42): paged and by pseudonym as JSON, or whole and by name as a file.
 * A file is a disclosure, so each one is logged.
 */
final class SheetRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(SheetRoutes.class);
  private static final Set<Role> READERS =
      Set.of(INSTITUTION, ISSUING_AUTHORITY, AUDITOR, OPERATOR);

  /** Roles that know the people anyway; files for all others show them masked. */
  private static final Set<Role> ACQUAINTED = Set.of(INSTITUTION, ISSUING_AUTHORITY);

  private final VisibleClasses visible;
  private final Views views;
  private final People people;
  private final InstantSource clock;

  SheetRoutes(Classes classes, Views views, People people, InstantSource clock) {
    this.visible = new VisibleClasses(classes);
    this.views = views;
    this.people = people;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/classes/{classId}/sheet", READERS, this::show, "limit", "cursor")
            .producing(Reply.JSON, MediaTypes.CSV, MediaTypes.XLSX));
  }

  private Endpoint.Work show(Call call) {
    return call.mediaType().equals(Reply.JSON) ? page(call) : file(call);
  }

  private Endpoint.Work page(Call call) {
    ClassId id = call.classId();
    Views.Paging paging = call.paging();
    return () ->
        visible
            .find(call, id)
            .thenCompose(seen -> views.sheet(id, paging))
            .thenApply(
                sheet ->
                    sheet
                        .map(found -> Reply.json(200, SheetReply.of(id, found)))
                        .orElseThrow(() -> new ProblemException(Problem.notFoundYet())));
  }

  private Endpoint.Work file(Call call) {
    ClassId id = call.classId();
    for (String name : call.query().keySet()) {
      throw Call.badParameter(
          name, new Text("is for JSON only: a file is whole", "仅用于 JSON：导出文件不分页"));
    }
    return () ->
        visible
            .find(call, id)
            .thenCompose(
                seen ->
                    views
                        .wholeSheet(id)
                        .thenApply(
                            sheet ->
                                sheet.orElseThrow(
                                    () -> new ProblemException(Problem.notFoundYet())))
                        .thenCompose(sheet -> file(call, seen, sheet)));
  }

  private CompletionStage<Reply> file(Call call, Classes.Summary seen, Views.ClassSheet sheet) {
    boolean full = ACQUAINTED.contains(call.caller().role());
    List<PersonPseudonym> roster =
        sheet.sheet().rows().stream().map(AttendanceSheet.Row::person).toList();
    return people
        .identities(roster, seen.classId())
        .thenApply(
            identities ->
                SheetTable.of(seen.classId(), sheet, full ? identities : masked(identities)))
        .thenApply(
            table -> {
              Reply reply =
                  call.mediaType().equals(MediaTypes.CSV)
                      ? Reply.of(200, MediaTypes.CSV + "; charset=UTF-8", SheetCsv.write(table))
                          .with(Reply.DISPOSITION, disposition(seen.classId(), "csv"))
                      : Reply.of(
                              200,
                              MediaTypes.XLSX,
                              SheetXlsx.write(table, notes(call.caller(), seen, sheet, full)))
                          .with(Reply.DISPOSITION, disposition(seen.classId(), "xlsx"));
              LOG.info(
                  "attendance sheet of class {} exported as {} by token {} ({}): {} people, {}",
                  seen.classId().value(),
                  call.mediaType(),
                  call.caller().tokenId(),
                  call.caller().role().code(),
                  roster.size(),
                  full ? "full" : "masked");
              return reply;
            });
  }

  private static Map<PersonPseudonym, People.Identity> masked(
      Map<PersonPseudonym, People.Identity> identities) {
    Map<PersonPseudonym, People.Identity> masked = new HashMap<>();
    identities.forEach((person, identity) -> masked.put(person, Masking.of(identity)));
    return masked;
  }

  /** The file name in Chinese (RFC 6266), and one in ASCII for clients without RFC 6266. */
  private static String disposition(ClassId id, String ending) {
    return "attachment; filename=\"attendance-sheet-%s.%s\"; filename*=UTF-8''%s-%s.%s"
        .formatted(id.value(), ending, "%E8%80%83%E5%8B%A4%E8%A1%A8", id.value(), ending);
  }

  private List<SheetXlsx.Note> notes(
      Caller caller, Classes.Summary seen, Views.ClassSheet sheet, boolean full) {
    var rules = sheet.rules();
    return List.of(
        new SheetXlsx.Note("班级编号 class id", seen.classId().value()),
        new SheetXlsx.Note("班级名称 title", seen.filing().title()),
        new SheetXlsx.Note("培训机构 institution", seen.filing().institution().value()),
        new SheetXlsx.Note("行政区划 region", seen.filing().region().value()),
        new SheetXlsx.Note("规则包 rule pack", rules.pack()),
        new SheetXlsx.Note(
            "一学时分钟数 minutes in a class hour", "" + rules.attendance().classHourMinutes()),
        new SheetXlsx.Note("达标线% threshold", "" + rules.attendance().thresholdPercent()),
        new SheetXlsx.Note("人数 people", "" + sheet.sheet().rows().size()),
        new SheetXlsx.Note("身份信息 identities", full ? "完整 full" : "脱敏 masked"),
        new SheetXlsx.Note("导出时间 exported at", Times.text(clock.instant())),
        new SheetXlsx.Note("导出令牌 exported by token", caller.tokenId()));
  }
}
