package org.skillvoucher.gateway.api;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.http.Endpoint;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.ProblemException;
import org.skillvoucher.gateway.http.Reply;
import org.skillvoucher.gateway.http.Text;
import org.skillvoucher.gateway.http.Times;
import org.skillvoucher.gateway.projection.Views;
import org.skillvoucher.gateway.security.Caller;
import org.skillvoucher.gateway.security.Role;

/** The journal (流水), for independent checkers. */
final class JournalRoutes {
  private final Views views;

  JournalRoutes(Views views) {
    this.views = views;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/journal", Set.of(Role.AUDITOR), this::page, "from", "limit", "cursor"));
  }

  private record JournalBody(List<Event> items, String nextCursor, boolean upToDate) {
    static JournalBody of(Views.JournalPage page) {
      return new JournalBody(
          page.items().stream().map(Event::of).toList(), page.nextCursor(), page.upToDate());
    }
  }

  private record Event(
      String entity,
      long sequence,
      String event,
      String writtenAt,
      Optional<AttendanceBody> attendance) {
    static Event of(Views.JournalRow row) {
      return new Event(
          row.entity(),
          row.sequence(),
          row.event(),
          Times.text(row.writtenAt()),
          row.attendance().map(AttendanceBody::of));
    }
  }

  private record AttendanceBody(
      String receipt,
      String person,
      String lesson,
      String act,
      Optional<String> dev,
      Optional<Long> ep,
      Optional<Long> ctr) {
    static AttendanceBody of(Views.Attendance attendance) {
      return new AttendanceBody(
          attendance.receipt(),
          attendance.person(),
          attendance.lesson(),
          attendance.act(),
          attendance.statement().map(Views.Statement::device),
          attendance.statement().map(Views.Statement::epoch),
          attendance.statement().map(Views.Statement::counter));
    }
  }

  /** The order spans all regions, so a caller with a part of them gets none. */
  private Endpoint.Work page(Call call) {
    if (!(call.caller().scope() instanceof Caller.Scope.Everywhere)) {
      throw new ProblemException(Problem.forbidden());
    }
    boolean atTheEnd = call.word("from", Set.of("beginning", "end")).equals(Optional.of("end"));
    Views.Paging paging = call.paging(Views.JOURNAL_ROWS_MAX);
    if (atTheEnd && paging.cursor().isPresent()) {
      throw Call.badParameter("from", new Text("goes without a cursor", "不能与 cursor 同时使用"));
    }
    if (atTheEnd) {
      return () ->
          views
              .journalEnd()
              .thenApply(end -> Reply.json(200, new JournalBody(List.of(), end, false)));
    }
    return () -> views.journal(paging).thenApply(page -> Reply.json(200, JournalBody.of(page)));
  }
}
