package org.skillvoucher.simulator.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.skillvoucher.simulator.chaos.FaultInjection;
import org.skillvoucher.simulator.chaos.FaultPlan;
import org.skillvoucher.simulator.gateway.DevClock;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.gateway.ReadyFile;
import org.skillvoucher.simulator.gateway.RetryingHttpClient;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.report.UsageSampler;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.wire.StubReply;
import org.skillvoucher.simulator.wire.StubRequest;
import org.skillvoucher.simulator.wire.StubServer;

/** A local HTTP server in place of a gateway and its stubs; it records the requests. */
final class TestGateway implements Deployment {
  final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  final List<JsonNode> bodies = Collections.synchronizedList(new ArrayList<>());
  private final RetryingHttpClient http = new RetryingHttpClient(time -> {});
  private final StubServer server;
  private final GatewayClient gateway;

  TestGateway(Route... routes) {
    StubServer.Route[] recording = new StubServer.Route[routes.length];
    for (int i = 0; i < routes.length; i++) {
      Route route = routes[i];
      recording[i] =
          new StubServer.Route(
              route.method(),
              route.path(),
              request -> {
                record(request);
                return route.handler().apply(request);
              });
    }
    server = StubServer.start(0, 1_000_000, recording);
    Map<Role, String> tokens = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      tokens.put(role, "token-of-" + role.code());
    }
    gateway = new GatewayClient(http, new ReadyFile(url(), url(), "", tokens), "test");
  }

  record Route(String method, String path, Function<StubRequest, StubReply> handler) {
    static Route ok(String method, String path) {
      return new Route(method, path, request -> StubReply.json(200, Json.object()));
    }
  }

  private synchronized void record(StubRequest request) {
    requests.add(request.method() + " " + request.path());
    if (request.body().length > 0) {
      bodies.add(Json.read(request.body()));
    }
  }

  String url() {
    return server.url();
  }

  RetryingHttpClient http() {
    return http;
  }

  @Override
  public String name() {
    return "test";
  }

  @Override
  public boolean hasEarlierEvents() {
    return false;
  }

  @Override
  public GatewayClient gateway() {
    return gateway;
  }

  @Override
  public Optional<DevClock> clock() {
    return Optional.empty();
  }

  @Override
  public Optional<String> platform() {
    return Optional.of(url());
  }

  @Override
  public Optional<String> downstream() {
    return Optional.of(url());
  }

  @Override
  public UsageSampler.Sources sources() {
    return new UsageSampler.Sources(Optional::empty, Optional::empty, Optional::empty);
  }

  @Override
  public FaultInjection faults(FaultPlan plan) {
    return FaultInjection.none();
  }

  @Override
  public void close() {
    http.close();
    server.close();
  }
}
