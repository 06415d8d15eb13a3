package org.skillvoucher.simulator.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.skillvoucher.simulator.device.Statement;
import org.skillvoucher.simulator.gateway.ConcurrentCalls;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.gateway.HttpCall;
import org.skillvoucher.simulator.scenario.Plan.Tap;

/**
 * Devices uploading their statements. The first pass of an upload has the faults of the scenario:
 * any order, duplicates, cut connections. Then each device retries in order what has no final
 * answer, until a pass settles nothing more.
 */
final class Uploads {
  private static final int ROUNDS_MAX = 12;

  private final ScenarioEnvironment environment;
  private final Scenario.Faults faults;
  private final AtomicLong items = new AtomicLong();
  private final AtomicLong batches = new AtomicLong();
  private final AtomicLong cut = new AtomicLong();

  Uploads(ScenarioEnvironment environment) {
    this.environment = environment;
    faults = environment.plan().scenario().faults();
  }

  /** Items in all batches that were sent, cut ones included. */
  long items() {
    return items.get();
  }

  long batches() {
    return batches.get();
  }

  long cut() {
    return cut.get();
  }

  /** What goes wrong in one device's first round, which follows from the seed. */
  private record Mishaps(SplittableRandom random, int cuts) {}

  /**
   * All devices upload what is unsettled.
   *
   * @param sent which taps' statements are there to be sent
   * @param copies how many times each batch is sent, at the same moment
   */
  void all(List<Kiosk> kiosks, Predicate<Tap> sent, int copies, int occasion) {
    SplittableRandom random =
        new SplittableRandom(environment.plan().scenario().seed() * 31 + occasion);
    int[] cuts = new int[kiosks.size()];
    for (int i = 0; occasion == 0 && i < faults.cuts(); i++) {
      cuts[random.nextInt(cuts.length)]++;
    }
    List<Mishaps> mishaps =
        IntStream.of(cuts).mapToObj(count -> new Mishaps(random.split(), count)).toList();
    ConcurrentCalls.together(
        IntStream.range(0, kiosks.size()).boxed().toList(),
        i -> {
          Kiosk kiosk = kiosks.get(i);
          List<Tap> pending = unsettled(kiosk, sent);
          if (!pending.isEmpty()) {
            roughly(kiosk, pending, copies, mishaps.get(i));
            settle(kiosk, sent, copies);
          }
          return kiosk;
        });
  }

  /** Everything once more, whether it was answered or not. */
  void again(List<Kiosk> kiosks, Predicate<Tap> sent, int copies) {
    ConcurrentCalls.together(
        kiosks,
        kiosk -> {
          List<Tap> taps = kiosk.made().stream().filter(sent).toList();
          for (List<Tap> batch : cutUp(taps, faults.batch().to())) {
            send(kiosk, batch, copies);
          }
          return kiosk;
        });
  }

  private List<Tap> unsettled(Kiosk kiosk, Predicate<Tap> sent) {
    return kiosk.made().stream()
        .filter(sent)
        .filter(tap -> !environment.answers().of(tap).isSettled())
        .toList();
  }

  private void roughly(Kiosk kiosk, List<Tap> pending, int copies, Mishaps mishaps) {
    SplittableRandom random = mishaps.random();
    List<Tap> outgoing = new ArrayList<>();
    for (Tap tap : pending) {
      outgoing.add(tap);
      while (random.nextInt(100) < faults.duplicates()) {
        outgoing.add(tap);
      }
    }
    if (faults.reorder()) {
      shuffle(outgoing, random);
    }
    int cuts = mishaps.cuts();
    int from = 0;
    while (from < outgoing.size()) {
      int size = size(random);
      List<Tap> batch = outgoing.subList(from, Math.min(outgoing.size(), from + size));
      from += size;
      if (cuts > 0) {
        breakOff(kiosk, batch, cuts % 2 == 0, random);
        cuts--;
      } else {
        send(kiosk, batch, copies);
      }
    }
  }

  /** Small batches are as likely as large ones. */
  private int size(SplittableRandom random) {
    Scenario.Span batch = faults.batch();
    double share = Math.pow((double) batch.to() / batch.from(), random.nextDouble());
    return (int) Math.min(batch.to(), Math.round(batch.from() * share));
  }

  private static void shuffle(List<Tap> taps, SplittableRandom random) {
    for (int i = taps.size() - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      Tap tap = taps.get(i);
      taps.set(i, taps.get(other));
      taps.set(other, tap);
    }
  }

  /** No answer is received: the gateway may have all of it, or nothing. */
  private void breakOff(Kiosk kiosk, List<Tap> batch, boolean afterAll, SplittableRandom random) {
    HttpCall call = call(kiosk, batch);
    int length = call.body().length;
    BrokenConnection.send(call, afterAll ? length : random.nextInt(length));
    cut.incrementAndGet();
  }

  private void settle(Kiosk kiosk, Predicate<Tap> sent, int copies) {
    List<Tap> pending = unsettled(kiosk, sent);
    for (int round = 0; !pending.isEmpty() && round < ROUNDS_MAX; round++) {
      for (List<Tap> batch : cutUp(pending, faults.batch().to())) {
        send(kiosk, batch, copies);
      }
      List<Tap> left = unsettled(kiosk, sent);
      boolean stuck = left.size() == pending.size() && left.stream().allMatch(this::isBehindAGap);
      pending = stuck ? List.of() : left;
    }
  }

  private boolean isBehindAGap(Tap tap) {
    return environment.answers().of(tap).last().equals("gap");
  }

  private static List<List<Tap>> cutUp(List<Tap> taps, int size) {
    List<List<Tap>> parts = new ArrayList<>();
    for (int from = 0; from < taps.size(); from += size) {
      parts.add(taps.subList(from, Math.min(taps.size(), from + size)));
    }
    return parts;
  }

  private void send(Kiosk kiosk, List<Tap> batch, int copies) {
    HttpCall call = call(kiosk, batch);
    ConcurrentCalls.together(
        IntStream.range(0, copies).boxed().toList(),
        copy -> {
          JsonNode answer =
              GatewayClient.must("a batch", environment.gateway().http().send(call)).path("items");
          for (JsonNode item : answer) {
            environment.answers().of(batch.get(item.path("index").asInt())).answered(item);
          }
          return copy;
        });
  }

  private HttpCall call(Kiosk kiosk, List<Tap> batch) {
    items.addAndGet(batch.size());
    batches.incrementAndGet();
    List<String> bodies =
        batch.stream()
            .map(
                tap -> environment.answers().of(tap).statement().map(Statement::json).orElseThrow())
            .toList();
    return new HttpCall(
        "POST",
        URI.create(environment.gateway().ready().api() + "/v1/statement-batches"),
        Map.of(
            "Content-Type",
            "application/json",
            "Authorization",
            "Bearer " + kiosk.token(),
            "Idempotency-Key",
            environment.gateway().newKey()),
        ("{\"items\":[" + String.join(",", bodies) + "]}").getBytes(UTF_8));
  }
}
