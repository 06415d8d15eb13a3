package org.skillvoucher.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.policy.FlagKind;
import org.skillvoucher.domain.trainingclass.Correction;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.http.Json;
import org.skillvoucher.gateway.http.Times;
import org.skillvoucher.gateway.projection.Views;

/** Bodies about corrections, spot checks and flags, as openapi.yaml describes them. */
final class SupervisionReplies {
  static final Set<String> FLAG_KINDS =
      Arrays.stream(FlagKind.values())
          .map(kind -> kind.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.toUnmodifiableSet());

  private SupervisionReplies() {}

  record Proposed(String correctionId, String person, String lesson, String kind, String state) {
    static Proposed of(Correction correction) {
      return new Proposed(
          correction.id(),
          correction.person().value(),
          correction.lesson().value(),
          correction.kind().name().toLowerCase(Locale.ROOT),
          "proposed");
    }
  }

  record CorrectionDecisionReply(String correctionId, String state) {}

  record CorrectionBody(
      String correctionId,
      String person,
      String lesson,
      String kind,
      String reason,
      String proposedBy,
      String proposedAt,
      String state,
      Optional<String> decidedBy,
      Optional<String> decisionReason,
      Optional<String> decidedAt) {
    static CorrectionBody of(Views.CorrectionRow row) {
      return new CorrectionBody(
          row.correctionId(),
          row.person(),
          row.lesson(),
          row.kind(),
          row.reason(),
          row.by(),
          Times.text(row.at()),
          row.state(),
          row.decidedBy(),
          row.decidedReason(),
          row.decidedAt().map(Times::text));
    }
  }

  record SpotCheck(String lessonId, int minutes) {}

  record GapWaiverReply(String device) {}

  record FlagDecisionReply(String flagId, String state) {}

  /** A flag; its facts are numbers, ids and times, by kind. */
  record Flag(
      String flagId,
      String kind,
      int level,
      String classId,
      Optional<String> lesson,
      Optional<String> person,
      Optional<String> device,
      JsonNode facts,
      String raisedAt,
      String state,
      Optional<String> decidedBy,
      Optional<String> reason,
      Optional<String> decidedAt) {
    static Flag of(Views.FlagRow row) {
      return new Flag(
          row.flagId(),
          row.kind(),
          row.level(),
          row.classId(),
          row.lesson(),
          row.person(),
          row.device(),
          Json.read(row.facts().getBytes(StandardCharsets.UTF_8)),
          Times.text(row.raisedAt()),
          row.state(),
          row.decidedBy(),
          row.reason(),
          row.decidedAt().map(Times::text));
    }
  }

  static boolean isSeenBy(Call call, Views.FlagRow row) {
    return call.sees(new CreditCode(row.institution()), new RegionCode(row.region()));
  }
}
