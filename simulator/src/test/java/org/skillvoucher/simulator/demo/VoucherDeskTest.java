package org.skillvoucher.simulator.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.wire.StubRequest;
import org.skillvoucher.simulator.wire.StubServer.Route;

final class VoucherDeskTest {
  private static final int PEOPLE = StubbedDemo.SAMPLE.trainees().size();
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  /** The items come in any order; each has its index. */
  private static ObjectNode issued(String prefix) {
    ObjectNode answer = Json.object().put("issued", PEOPLE);
    var items = answer.putArray("items");
    for (int index = PEOPLE - 1; index >= 0; index--) {
      items.addObject().put("index", index).put("voucherId", prefix + index);
    }
    return answer;
  }

  private static List<String> ids() {
    return IntStream.range(0, PEOPLE).mapToObj(index -> "V" + index).toList();
  }

  @Test
  void vouchersAreInTheOrderOfThePeopleAndTheSameUnderTheSameKey() {
    try (StubbedDemo demo =
        new StubbedDemo(StubbedDemo.route("POST", "/v1/vouchers", issued("V")))) {
      assertEquals(ids(), new VoucherDesk(demo.environment).issue(NOW, 365));
      assertEquals(List.of(), demo.broken());
      List<StubRequest> sent = demo.requests("/v1/vouchers");
      List<String> keys = sent.stream().map(one -> one.required("Idempotency-Key")).toList();
      assertEquals(3, keys.size());
      assertEquals(keys.get(0), keys.get(1));
      assertNotEquals(keys.get(0), keys.get(2));
      JsonNode order = demo.bodies("/v1/vouchers").getFirst();
      assertEquals(PEOPLE, order.path("people").size());
      assertEquals("2026-04-30T00:00:00Z", order.path("expiresAt").asText());
    }
  }

  @Test
  void vouchersLiveNoLongerThanTheRulePackAllows() {
    try (StubbedDemo demo =
        new StubbedDemo(StubbedDemo.route("POST", "/v1/vouchers", issued("V")))) {
      new VoucherDesk(demo.environment).issue(NOW, 10);
      assertEquals(
          "2026-03-11T00:00:00Z",
          demo.bodies("/v1/vouchers").getFirst().path("expiresAt").asText());
    }
  }

  @Test
  void newVouchersUnderTheSameKeyAreReported() {
    try (StubbedDemo demo =
        new StubbedDemo(StubbedDemo.route("POST", "/v1/vouchers", issued("V"), issued("W")))) {
      new VoucherDesk(demo.environment).issue(NOW, 365);
      assertEquals(
          List.of(
              "issued again under the same key: the same vouchers, none new",
              "issued again under another key: nobody gets a second voucher"),
          demo.broken());
    }
  }

  @Test
  void eachHolderClaimsAndBindsAndTheClassIsAwaited() {
    List<Route> routes = new ArrayList<>();
    for (int index = 0; index < PEOPLE; index++) {
      String path = "/v1/vouchers/V" + index;
      routes.add(
          StubbedDemo.route(
              "POST",
              path + "/claim",
              Json.object().put("state", index == 5 ? "issued" : "claimed")));
      routes.add(
          StubbedDemo.route(
              "POST",
              path + "/binding",
              Json.object()
                  .put("state", "bound")
                  .put("holder", String.format(Locale.ROOT, "%043d", index))));
    }
    routes.add(
        StubbedDemo.route(
            "GET",
            StubbedDemo.CLASS_PATH,
            Json.object().put("vouchersBound", 3),
            Json.object().put("vouchersBound", PEOPLE)));
    try (StubbedDemo demo = new StubbedDemo(routes.toArray(Route[]::new))) {
      List<VoucherDesk.Voucher> vouchers =
          new VoucherDesk(demo.environment).claimAndBind("C1", ids());
      assertEquals(ids(), vouchers.stream().map(VoucherDesk.Voucher::id).toList());
      assertEquals(String.format(Locale.ROOT, "%043d", 7), vouchers.get(7).holder().value());
      assertEquals(List.of("a claimed voucher"), demo.broken());
      assertEquals(2, demo.requests(StubbedDemo.CLASS_PATH).size());
    }
  }
}
