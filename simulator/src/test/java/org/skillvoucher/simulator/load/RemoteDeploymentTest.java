package org.skillvoucher.simulator.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.simulator.chaos.FaultKind;
import org.skillvoucher.simulator.chaos.FaultPlan;
import org.skillvoucher.simulator.desk.MadeUpPeople;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.platform.Card;
import org.skillvoucher.simulator.wire.BadRequest;
import org.skillvoucher.simulator.wire.Json;

final class RemoteDeploymentTest {
  private final TestGateway stubs = new TestGateway(TestGateway.Route.ok("POST", "/control/cards"));
  private final Path tokens;

  RemoteDeploymentTest(@TempDir Path folder) throws IOException {
    tokens = folder.resolve("tokens.json");
    ObjectNode file = Json.object();
    for (Role role : Role.values()) {
      if (role != Role.DEVICE) {
        file.put(role.code(), "token-of-" + role.code());
      }
    }
    Files.write(tokens, Json.write(file));
  }

  @AfterEach
  void close() {
    stubs.close();
  }

  private RemoteDeployment open(Optional<String> platform, List<Card> people) throws IOException {
    return RemoteDeployment.open(
        new LoadOptions.RunningGateway(
            "http://127.0.0.1:1//", tokens, platform, Optional.of("http://127.0.0.1:2/")),
        people);
  }

  @Test
  void cardsAreRegisteredAThousandAtATime() throws IOException {
    List<Card> people = MadeUpPeople.make(2_300, "990000", new SplittableRandom(1));
    open(Optional.of(stubs.url() + "/"), people).close();
    assertEquals(List.of(1_000, 1_000, 300), stubs.bodies.stream().map(JsonNode::size).toList());
    JsonNode first = stubs.bodies.getFirst().path(0);
    assertEquals(people.getFirst().cardNumber(), first.path("cardNumber").asText());
    assertEquals(people.getFirst().personNumber(), first.path("socialSecurityNumber").asText());
  }

  @Test
  void addressesLoseTheirSlashesAndTokensAreOfTheFile() throws IOException {
    try (RemoteDeployment deployment = open(Optional.empty(), List.of())) {
      assertEquals("http://127.0.0.1:1", deployment.name());
      assertEquals("http://127.0.0.1:2", deployment.gateway().ready().management());
      assertEquals("token-of-auditor", deployment.gateway().ready().tokens().get(Role.AUDITOR));
      assertTrue(deployment.hasEarlierEvents());
      assertTrue(deployment.clock().isPresent());
      assertEquals(Optional.empty(), deployment.platform());
      assertEquals(Optional.empty(), deployment.downstream());
    }
    assertEquals(List.of(), stubs.requests);
  }

  @Test
  void aMissingTokenIsAnError() throws IOException {
    Files.writeString(tokens, "{\"auditor\":\"a\"}");
    assertThrows(BadRequest.class, () -> open(Optional.empty(), List.of()));
  }

  @Test
  void noFaultsAreInjectedIntoIt() throws IOException {
    FaultPlan plan = new FaultPlan(List.of(FaultKind.KILL_GATEWAY), 1, 1);
    try (RemoteDeployment deployment = open(Optional.empty(), List.of())) {
      assertThrows(IllegalStateException.class, () -> deployment.faults(plan));
    }
  }
}
