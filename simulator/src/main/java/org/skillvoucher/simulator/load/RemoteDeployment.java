package org.skillvoucher.simulator.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.simulator.chaos.FaultInjection;
import org.skillvoucher.simulator.chaos.FaultPlan;
import org.skillvoucher.simulator.gateway.DevClock;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.gateway.HttpCall;
import org.skillvoucher.simulator.gateway.ReadyFile;
import org.skillvoucher.simulator.gateway.RetryingHttpClient;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.gateway.Secrets;
import org.skillvoucher.simulator.platform.Card;
import org.skillvoucher.simulator.report.UsageSampler;
import org.skillvoucher.simulator.wire.Json;

/** A gateway that is running already, on any machine. */
final class RemoteDeployment implements Deployment {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(90);
  private static final int CARDS_OF_CALL_MAX = 1_000;

  private final LoadOptions.RunningGateway target;
  private final RetryingHttpClient http;
  private final GatewayClient gateway;

  private RemoteDeployment(LoadOptions.RunningGateway target, Map<Role, String> tokens) {
    this.target = target;
    http = new RetryingHttpClient(Thread::sleep, ANSWER_MAX);
    ReadyFile ready =
        new ReadyFile(
            withoutSlash(target.api()),
            target.management().map(RemoteDeployment::withoutSlash).orElse(""),
            "",
            tokens);
    gateway = new GatewayClient(http, ready, "load-" + Secrets.hex(new SecureRandom(), 6));
  }

  private static String withoutSlash(String address) {
    return address.replaceFirst("/+$", "");
  }

  /**
   * Reads the tokens and registers the cards.
   *
   * @param people whose cards are registered at the platform's stub
   * @throws org.skillvoucher.simulator.wire.BadRequest when a token is missing
   */
  static RemoteDeployment open(LoadOptions.RunningGateway target, List<Card> people)
      throws IOException {
    JsonNode file = Json.read(Files.readAllBytes(target.tokens()));
    Map<Role, String> tokens = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      if (role != Role.DEVICE) { // each device has its own
        tokens.put(role, Json.text(file, role.code()));
      }
    }
    RemoteDeployment deployment = new RemoteDeployment(target, tokens);
    target.platform().ifPresent(platform -> deployment.register(withoutSlash(platform), people));
    return deployment;
  }

  private void register(String platform, List<Card> people) {
    for (int from = 0; from < people.size(); from += CARDS_OF_CALL_MAX) {
      ArrayNode cards = Json.array();
      people
          .subList(from, Math.min(people.size(), from + CARDS_OF_CALL_MAX))
          .forEach(
              card ->
                  cards
                      .addObject()
                      .put("cardIdentificationCode", card.identificationCode())
                      .put("socialSecurityNumber", card.personNumber())
                      .put("cardNumber", card.cardNumber())
                      .put("name", card.name())
                      .put("status", card.status().code()));
      GatewayClient.must("the cards", http.send(HttpCall.post(platform + "/control/cards", cards)));
    }
  }

  @Override
  public String name() {
    return gateway.ready().api();
  }

  @Override
  public boolean hasEarlierEvents() {
    return true;
  }

  @Override
  public GatewayClient gateway() {
    return gateway;
  }

  @Override
  public Optional<DevClock> clock() {
    return target.management().map(management -> new DevClock(http, withoutSlash(management)));
  }

  @Override
  public Optional<String> platform() {
    return target.platform().map(RemoteDeployment::withoutSlash);
  }

  @Override
  public Optional<String> downstream() {
    return Optional.empty();
  }

  @Override
  public UsageSampler.Sources sources() {
    return new UsageSampler.Sources(
        Optional::empty,
        Optional::empty,
        () -> target.management().map(RemoteDeployment::withoutSlash));
  }

  @Override
  public FaultInjection faults(FaultPlan plan) {
    throw new IllegalStateException("faults are injected into local gateways only");
  }

  @Override
  public void close() {
    http.close();
  }
}
