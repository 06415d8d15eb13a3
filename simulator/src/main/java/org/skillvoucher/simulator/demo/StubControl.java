package org.skillvoucher.simulator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.gateway.HttpCall;
import org.skillvoucher.simulator.gateway.RetryingHttpClient;
import org.skillvoucher.simulator.wire.Json;

/** Orders faults and cards from the stubs, and asks what the downstream system took. */
final class StubControl {
  private final RetryingHttpClient http;
  private final String platform;
  private final String downstream;

  StubControl(RetryingHttpClient http, String platform, String downstream) {
    this.http = http;
    this.platform = platform;
    this.downstream = downstream;
  }

  void platformFails(String mode, int times) {
    fault(platform, "verifyCard", mode, times);
  }

  void downstreamFails(String mode, int times) {
    fault(downstream, "evidence", mode, times);
  }

  /** Registers a card at the platform, new or changed. */
  void register(Trainee holder, String identificationCode, String status) {
    JsonNode card = holder.withCard(identificationCode).reading().put("status", status);
    GatewayClient.must(
        "registering a card",
        http.send(HttpCall.post(platform + "/control/cards", Json.array().add(card))));
  }

  /** The code that a person's phone shows, already that many seconds old. */
  String codeOf(Trainee who, int ageSeconds) {
    return Json.text(
        GatewayClient.must(
            "a personal code",
            http.send(
                HttpCall.post(
                    platform + "/control/codes",
                    Json.object().put("number", who.number()).put("ageSeconds", ageSeconds)))),
        "code");
  }

  /** What the downstream system received of one piece of evidence. */
  JsonNode received(String evidenceId) {
    JsonNode all =
        GatewayClient.must(
            "asking downstream", http.send(HttpCall.get(downstream + "/control/received")));
    return all.path("items")
        .valueStream()
        .filter(item -> item.path("evidenceId").asText().equals(evidenceId))
        .findFirst()
        .orElseGet(Json::object);
  }

  private void fault(String url, String operation, String mode, int times) {
    JsonNode order =
        Json.object().put("operation", operation).put("mode", mode).put("times", times);
    GatewayClient.must(
        "ordering a fault", http.send(HttpCall.post(url + "/control/faults", order)));
  }
}
