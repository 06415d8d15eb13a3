package org.skillvoucher.simulator.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.simulator.gateway.UnexpectedAnswer;
import org.skillvoucher.simulator.report.Measured;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.wire.StubReply;

final class ClassClosingsTest {
  private final AtomicInteger polls = new AtomicInteger();
  private final TestGateway gateway =
      new TestGateway(
          TestGateway.Route.ok("POST", "/v1/classes/C1/closing"),
          TestGateway.Route.ok("POST", "/v1/classes/C2/closing"),
          new TestGateway.Route(
              "POST", "/v1/classes/C3/closing", request -> StubReply.problem(409, "open", "no")),
          new TestGateway.Route("GET", "/control/received", request -> received()));

  @AfterEach
  void close() {
    gateway.close();
  }

  /** One accepted delivery more at each poll, and always one that was rejected. */
  private StubReply received() {
    ObjectNode body = Json.object();
    ArrayNode items = body.putArray("items");
    items.addObject().put("accepted", false);
    int accepted = polls.incrementAndGet();
    for (int i = 0; i < accepted; i++) {
      items.addObject().put("accepted", true);
    }
    return StubReply.json(200, body);
  }

  @Test
  void theDeliveryOfEachClosedClassIsAwaited() {
    ClassClosings closings = new ClassClosings(gateway.gateway(), List.of("C1", "C2"));
    closings.close(0);
    closings.close(1);
    Measured.Check check = closings.delivered(gateway.url()).getFirst();
    assertEquals("E1", check.id());
    assertEquals(2, check.compared());
    assertEquals(0, check.violations());
    assertEquals(List.of("2 closed, 2 arrived"), check.examples());
    assertEquals(2, polls.get(), "the first poll saw one of two");
    assertEquals(
        List.of("POST /v1/classes/C1/closing", "POST /v1/classes/C2/closing"),
        gateway.requests.subList(0, 2));
  }

  @Test
  void withoutClosingsThereIsNoCheck() {
    assertEquals(
        List.of(), new ClassClosings(gateway.gateway(), List.of()).delivered(gateway.url()));
    assertEquals(0, polls.get());
  }

  @Test
  void aRefusedClosingIsAnError() {
    ClassClosings closings = new ClassClosings(gateway.gateway(), List.of("C3"));
    assertThrows(UnexpectedAnswer.class, () -> closings.close(0));
  }
}
