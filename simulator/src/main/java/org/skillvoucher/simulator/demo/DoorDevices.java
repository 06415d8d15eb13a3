package org.skillvoucher.simulator.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.device.Device;
import org.skillvoucher.simulator.device.DeviceDesk;
import org.skillvoucher.simulator.device.Presented;
import org.skillvoucher.simulator.device.Statement;
import org.skillvoucher.simulator.gateway.CannotConnect;
import org.skillvoucher.simulator.gateway.HttpAnswer;
import org.skillvoucher.simulator.gateway.HttpCall;
import org.skillvoucher.simulator.screen.Expectations;
import org.skillvoucher.simulator.wire.Json;

/**
 * The devices at the classroom's door: they sign a statement of each tap and send it, and check the
 * answer against the expected one.
 */
final class DoorDevices {
  /** As fast as people can tap one device. */
  private static final Duration BETWEEN_TAPS = Duration.ofMillis(600);

  private final DemoEnvironment environment;
  private final List<Post> posts;
  private final ScanCounters counters = new ScanCounters();
  private final SplittableRandom random = new SplittableRandom();
  private final SortedMap<String, Integer> refusalsExpected = new TreeMap<>();

  DoorDevices(DemoEnvironment environment, List<DeviceDesk.Enrolled> devices) {
    this.environment = environment;
    List<Post> all = new ArrayList<>();
    devices.forEach(enrolled -> all.add(new Post(enrolled)));
    posts = List.copyOf(all);
  }

  /** One device, to which one person comes after the other. */
  private static final class Post {
    private final DeviceDesk.Enrolled enrolled;
    private final Map<String, Long> used = new TreeMap<>();
    private Instant lastTap = Instant.EPOCH;

    Post(DeviceDesk.Enrolled enrolled) {
      this.enrolled = enrolled;
    }

    /** Never two taps at once; a time long past is left as it is. */
    private Instant spread(Instant at) {
      if (at.isBefore(lastTap.minusSeconds(300))) {
        return at;
      }
      Instant next = lastTap.plus(BETWEEN_TAPS);
      lastTap = at.isBefore(next) ? next : at;
      return lastTap;
    }

    /** A statement with a receipt has used up its counter; one that was refused has not. */
    private void settle(Statement statement, HttpAnswer answer) {
      var payload = answer.isSuccess() ? answer.json().path("payload") : Json.object();
      boolean its =
          payload.path("dev").asText().equals(enrolled.device().name())
              && payload.path("dh").asText().equals(statement.hash());
      if (its && used.getOrDefault(statement.classId(), 0L) < statement.counter()) {
        used.put(statement.classId(), statement.counter());
        enrolled.device().advance(statement);
      }
    }
  }

  /** One tap of a card. */
  record Tap(Trainee who, String classId, LessonId lesson, Act act, Instant at) {
    Tap by(Trainee other) {
      return new Tap(other, classId, lesson, act, at);
    }

    Tap in(String otherClass) {
      return new Tap(who, otherClass, lesson, act, at);
    }

    Tap at(Instant time) {
      return new Tap(who, classId, lesson, act, time);
    }
  }

  /** A signed scan, which can be sent again byte for byte. */
  record Scan(HttpCall call, Statement statement, Post post) {
    String key() {
      return call.headers().getOrDefault("Idempotency-Key", "");
    }
  }

  ScanCounters counters() {
    return counters;
  }

  /** A device in the room, as it shows codes. */
  DeviceDesk.Enrolled device() {
    return posts.getFirst().enrolled;
  }

  synchronized Presented.Salt salt() {
    return Presented.Salt.of(random.nextLong(), random.nextLong());
  }

  /** The request for a tap, under a key of its own; sent twice it is the same scan. */
  Scan scan(Tap tap) {
    return scan(tap, Presented.card(tap.who().card(), salt()));
  }

  Scan scan(Tap tap, Presented presented) {
    return scan(tap, presented, environment.gateway().newKey(), postOf(tap));
  }

  /** Another tap on the same device under the key of an earlier one. */
  Scan scanUnderKeyOf(Scan earlier, Tap tap) {
    return scan(tap, Presented.card(tap.who().card(), salt()), earlier.key(), earlier.post());
  }

  private Post postOf(Tap tap) {
    return posts.get(Math.floorMod(tap.who().number().hashCode(), posts.size()));
  }

  private Scan scan(Tap tap, Presented presented, String key, Post post) {
    synchronized (post) {
      Statement statement =
          post.enrolled
              .device()
              .sign(
                  new Device.Tap(
                      tap.classId(),
                      tap.lesson().value(),
                      tap.act(),
                      presented,
                      post.spread(tap.at())));
      HttpCall call =
          HttpCall.post(
                  environment.gateway().ready().api() + "/v1/classes/" + tap.classId() + "/scans",
                  Json.read(statement.json().getBytes(StandardCharsets.UTF_8)))
              .with("Authorization", "Bearer " + post.enrolled.token())
              .with("Idempotency-Key", key);
      return new Scan(call, statement, post);
    }
  }

  /** A scan that must count now, for the first time. */
  HttpAnswer mustCount(Scan scan) {
    HttpAnswer answer = send(scan);
    environment.expect().quietly("a scan that counts", "ok", answer.code());
    return answer;
  }

  /** The device takes the next person only when this one is done. */
  HttpAnswer mustCount(Tap tap) {
    synchronized (postOf(tap)) {
      return mustCount(scan(tap));
    }
  }

  /** A scan that must give the first one's receipt again. */
  void mustGiveAgain(String what, Scan scan, HttpAnswer first, boolean sameBody) {
    HttpAnswer again = send(scan);
    environment
        .expect()
        .equal(
            what,
            "200 replayed, same receipt",
            again.status()
                + (again.isReplay() ? " replayed, " : " not replayed, ")
                + (isSame(first, again, sameBody) ? "same receipt" : "another receipt"));
  }

  private static boolean isSame(HttpAnswer first, HttpAnswer again, boolean sameBody) {
    return sameBody
        ? Arrays.equals(first.body(), again.body())
        : first.isSuccess()
            && again.isSuccess()
            && first.json().path("receipt").equals(again.json().path("receipt"));
  }

  /** A scan that must be refused. */
  HttpAnswer mustRefuse(String what, Scan scan, int status, String code) {
    return mustBeRefused(what, send(scan), status, code);
  }

  /** Counts the answer to a scan that no device sent. */
  HttpAnswer counted(HttpAnswer answer) {
    counters.count(answer);
    return answer;
  }

  HttpAnswer mustBeRefused(String what, HttpAnswer answer, int status, String code) {
    refusalsExpected.merge(code, 1, Integer::sum);
    environment.expect().equal(what, status + " " + code, answer.verdict());
    return answer;
  }

  /** A scan whose outcome must stay unknown at first, and which then, the same, must count. */
  void mustCountAtSecondTry(String what, Scan scan) {
    HttpAnswer first;
    try {
      first = environment.gateway().http().once(scan.call());
    } catch (IOException e) {
      throw new CannotConnect("a scan was not answered", e);
    }
    counters.count(first);
    boolean retryAfter = first.header("Retry-After").isPresent();
    environment
        .expect()
        .equal(
            what,
            "503 try_again with Retry-After",
            first.verdict() + (retryAfter ? " with Retry-After" : " without Retry-After"));
    first
        .header("Retry-After")
        .filter(seconds -> seconds.matches("\\d"))
        .ifPresent(
            seconds ->
                environment.gateway().http().rest(Duration.ofSeconds(Integer.parseInt(seconds))));
    HttpAnswer second = mustCount(scan);
    environment
        .expect()
        .equal("the same request again counts", "ok", second.code(), second.verdict());
  }

  private HttpAnswer send(Scan scan) {
    HttpAnswer answer = environment.gateway().http().send(scan.call());
    counters.count(answer);
    synchronized (scan.post()) {
      scan.post().settle(scan.statement(), answer);
    }
    return answer;
  }

  /** Whether the refusals were those and no other. */
  void checkCounters(int receipts, int replays) {
    Expectations expect = environment.expect();
    expect.equal("distinct receipts (回执)", receipts, counters.accepted());
    expect.equal("scans answered with an earlier receipt", replays, counters.replayed());
    expect.equal("refusals by code", render(refusalsExpected), render(counters.refused()));
  }

  private static String render(Map<String, Integer> counts) {
    StringBuilder text = new StringBuilder();
    counts.forEach(
        (code, count) -> text.append(text.isEmpty() ? "" : ", ").append(code + " " + count));
    return text.toString();
  }
}
