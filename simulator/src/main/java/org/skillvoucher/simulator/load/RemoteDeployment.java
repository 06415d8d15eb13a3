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

/** A gateway that runs already, anywhere. */
final class RemoteDeployment implements Deployment {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(90);
  private static final int CARDS_AT_ONCE = 1_000;

  private final LoadOptions.Elsewhere where;
  private final RetryingHttpClient http;
  private final GatewayClient gateway;

  private RemoteDeployment(LoadOptions.Elsewhere where, Map<Role, String> tokens) {
    this.where = where;
    http = new RetryingHttpClient(Thread::sleep, ANSWER_MAX);
    ReadyFile ready =
        new ReadyFile(
            plain(where.api()),
            where.management().map(RemoteDeployment::plain).orElse(""),
            "",
            tokens);
    gateway = new GatewayClient(http, ready, "load-" + Secrets.hex(new SecureRandom(), 6));
  }

  private static String plain(String address) {
    return address.replaceFirst("/+$", "");
  }

  /**
   * Gets to know it.
   *
   * @param people whose cards its platform's stub is told of
   * @throws org.skillvoucher.simulator.wire.BadRequest when the tokens are not there
   */
  static RemoteDeployment open(LoadOptions.Elsewhere where, List<Card> people) throws IOException {
    JsonNode file = Json.read(Files.readAllBytes(where.tokens()));
    Map<Role, String> tokens = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      if (role != Role.DEVICE) { // each device has its own
        tokens.put(role, Json.text(file, role.code()));
      }
    }
    RemoteDeployment deployment = new RemoteDeployment(where, tokens);
    where.platform().ifPresent(platform -> deployment.register(plain(platform), people));
    return deployment;
  }

  private void register(String platform, List<Card> people) {
    for (int from = 0; from < people.size(); from += CARDS_AT_ONCE) {
      ArrayNode cards = Json.array();
      people
          .subList(from, Math.min(people.size(), from + CARDS_AT_ONCE))
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
  public boolean hasPast() {
    return true;
  }

  @Override
  public GatewayClient gateway() {
    return gateway;
  }

  @Override
  public Optional<DevClock> clock() {
    return where.management().map(management -> new DevClock(http, plain(management)));
  }

  @Override
  public Optional<String> platform() {
    return where.platform().map(RemoteDeployment::plain);
  }

  @Override
  public Optional<String> downstream() {
    return Optional.empty();
  }

  @Override
  public UsageSampler.Sources sources() {
    return new UsageSampler.Sources(
        Optional::empty, Optional::empty, () -> where.management().map(RemoteDeployment::plain));
  }

  @Override
  public FaultInjection faults(FaultPlan plan) {
    throw new IllegalStateException("nobody else's gateway is killed");
  }

  @Override
  public void close() {
    http.close();
  }
}
