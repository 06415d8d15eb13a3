package org.skillvoucher.simulator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.simulator.gateway.ConcurrentCalls;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.gateway.HttpCall;
import org.skillvoucher.simulator.gateway.Polling;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.screen.Expectations;
import org.skillvoucher.simulator.wire.Json;

/** Vouchers (职业培训券): issued by the authority, claimed and bound in the card platform's app. */
final class VoucherDesk {
  private static final Duration BOUND_MAX = Duration.ofSeconds(30);
  private static final long VALIDITY_DAYS = 60;

  private final DemoEnvironment environment;
  private final Expectations expect;

  VoucherDesk(DemoEnvironment environment) {
    this.environment = environment;
    expect = environment.expect();
  }

  /** One trainee's voucher, and the pseudonym by which the gateway knows the holder. */
  record Voucher(String id, PersonPseudonym holder) {}

  /** Issues to all trainees at once; returns the vouchers in their order. */
  List<String> issue(Instant now, int validityDaysMax) {
    List<Trainee> trainees = environment.sample().trainees();
    JsonNode filing = environment.sample().filing();
    ArrayNode people = Json.array();
    trainees.forEach(trainee -> people.add(trainee.person().put("name", trainee.name())));
    ObjectNode order =
        Json.object()
            .put("region", Json.text(filing, "region"))
            .put("occupation", Json.text(filing, "occupation"))
            .put("level", filing.path("level").asInt())
            .put(
                "expiresAt",
                now.plus(Duration.ofDays(Math.min(VALIDITY_DAYS, validityDaysMax))).toString());
    order.set("people", people);
    GatewayClient gateway = environment.gateway();
    HttpCall call =
        gateway.postCall(Role.ISSUING_AUTHORITY, "/v1/vouchers", gateway.newKey(), order);
    JsonNode issued = GatewayClient.must("issuing", gateway.http().send(call));
    expect.equal(
        "vouchers (职业培训券) issued to everybody on the roster",
        trainees.size(),
        issued.path("issued").asInt());
    List<String> ids = idsByIndex(issued);
    JsonNode again = GatewayClient.must("issuing again", gateway.http().send(call));
    expect.equal(
        "issued again under the same key: the same vouchers, none new",
        ids,
        idsByIndex(again),
        ids.stream().distinct().count() + " vouchers");
    HttpCall other =
        gateway.postCall(Role.ISSUING_AUTHORITY, "/v1/vouchers", gateway.newKey(), order);
    JsonNode second = GatewayClient.must("issuing anew", gateway.http().send(other));
    expect.equal(
        "issued again under another key: nobody gets a second voucher",
        ids,
        idsByIndex(second),
        second.path("alreadyIssued").asInt() + " already issued");
    return ids;
  }

  private static List<String> idsByIndex(JsonNode issued) {
    List<JsonNode> items = new ArrayList<>(issued.path("items").valueStream().toList());
    items.sort((a, b) -> Integer.compare(a.path("index").asInt(), b.path("index").asInt()));
    return items.stream().map(item -> item.path("voucherId").asText("none")).toList();
  }

  /** Each holder claims and binds; waits until the class has all of them. */
  List<Voucher> claimAndBind(String classId, List<String> ids) {
    List<Trainee> trainees = environment.sample().trainees();
    List<Voucher> vouchers =
        ConcurrentCalls.together(
            IntStream.range(0, trainees.size()).boxed().toList(),
            i -> claimAndBind(classId, ids.get(i), trainees.get(i)));
    expect.equal("vouchers claimed (领券) and bound to the class", ids.size(), vouchers.size());
    long bound =
        Polling.until(
            BOUND_MAX,
            () ->
                environment
                    .gateway()
                    .read(Role.INSTITUTION, "/v1/classes/" + classId)
                    .path("vouchersBound")
                    .asLong(),
            count -> count == ids.size());
    expect.equal("the class knows of all of them", (long) ids.size(), bound);
    return vouchers;
  }

  private Voucher claimAndBind(String classId, String id, Trainee holder) {
    GatewayClient gateway = environment.gateway();
    JsonNode claimed =
        gateway.act(
            Role.CARD_PLATFORM,
            "/v1/vouchers/" + id + "/claim",
            Json.object().set("person", holder.person()));
    expect.quietly("a claimed voucher", "claimed", claimed.path("state").asText());
    JsonNode bound =
        gateway.act(
            Role.CARD_PLATFORM,
            "/v1/vouchers/" + id + "/binding",
            Json.object().put("classId", classId));
    expect.quietly("a bound voucher", "bound", bound.path("state").asText());
    return new Voucher(id, new PersonPseudonym(Json.text(bound, "holder")));
  }
}
