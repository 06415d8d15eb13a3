package org.skillvoucher.simulator.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.gateway.Answer;
import org.skillvoucher.simulator.gateway.Call;
import org.skillvoucher.simulator.gateway.CannotConnect;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.screen.Expectations;
import org.skillvoucher.simulator.wire.Json;

/**
 * The device at the classroom's door: makes a statement of each tap, sends it, and knows for each
 * what the answer must be.
 */
final class Door {
  private static final String DEVICE = "door-1";

  private final Stage stage;
  private final Tally tally = new Tally();
  private final AtomicLong counter = new AtomicLong();
  private final SortedMap<String, Integer> refusalsExpected = new TreeMap<>();
  private final long bootEpoch;
  private final Instant booted;

  Door(Stage stage, Instant now) {
    this.stage = stage;
    booted = now;
    bootEpoch = 1;
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

  Tally tally() {
    return tally;
  }

  SortedMap<String, Integer> refusalsExpected() {
    return new TreeMap<>(refusalsExpected);
  }

  /** The request for a tap, under a key of its own; sent twice it is the same scan. */
  Call call(Tap tap) {
    return call(tap, stage.gateway().newKey());
  }

  Call call(Tap tap, String key) {
    ObjectNode body = Json.object();
    body.set("card", tap.who().reading());
    body.set("statement", statement(tap));
    return stage
        .gateway()
        .postCall(Role.DEVICE, "/v1/classes/" + tap.classId() + "/scans", key, body);
  }

  /** The device statement: its members in canonical order, unsigned for now. */
  private ObjectNode statement(Tap tap) {
    return Json.object()
        .put("$t", "vds1")
        .put("act", tap.act().code())
        .put("cls", tap.classId() + "/" + tap.lesson())
        .put("crd", "")
        .put("ctr", counter.incrementAndGet())
        .put("dev", DEVICE)
        .put("ep", bootEpoch)
        .put("lb", "")
        .put("mono", Math.max(0, Duration.between(booted, tap.at()).toMillis()))
        .put("non", "")
        .put("ph", "")
        .put("t", tap.at().toEpochMilli());
  }

  /** A scan that must count now, for the first time. */
  Answer mustCount(Call call) {
    Answer answer = send(call);
    stage.expect().quietly("a scan that counts", "ok", answer.code());
    return answer;
  }

  Answer mustCount(Tap tap) {
    return mustCount(call(tap));
  }

  /** A scan that must give the first one's receipt again. */
  void mustGiveAgain(String what, Call call, Answer first, boolean sameBody) {
    Answer again = send(call);
    stage
        .expect()
        .equal(
            what,
            "200 replayed, same receipt",
            again.status()
                + (again.isReplay() ? " replayed, " : " not replayed, ")
                + (isSame(first, again, sameBody) ? "same receipt" : "another receipt"));
  }

  private static boolean isSame(Answer first, Answer again, boolean sameBody) {
    return sameBody
        ? java.util.Arrays.equals(first.body(), again.body())
        : first.isSuccess()
            && again.isSuccess()
            && first.json().path("receipt").equals(again.json().path("receipt"));
  }

  /** A scan that must be refused. */
  Answer mustRefuse(String what, Call call, int status, String code) {
    refusalsExpected.merge(code, 1, Integer::sum);
    Answer answer = send(call);
    stage.expect().equal(what, status + " " + code, answer.verdict());
    return answer;
  }

  /** A scan whose outcome must stay unknown at first, and which then, the same, must count. */
  void mustCountAtSecondTry(String what, Call call) {
    Answer first;
    try {
      first = stage.gateway().http().once(call);
    } catch (IOException e) {
      throw new CannotConnect("a scan was not answered", e);
    }
    tally.count(first);
    boolean says = first.header("Retry-After").isPresent();
    stage
        .expect()
        .equal(
            what,
            "503 try_again with Retry-After",
            first.verdict() + (says ? " with Retry-After" : " without Retry-After"));
    first
        .header("Retry-After")
        .filter(seconds -> seconds.matches("\\d"))
        .ifPresent(
            seconds -> stage.gateway().http().rest(Duration.ofSeconds(Integer.parseInt(seconds))));
    Answer second = mustCount(call);
    stage.expect().equal("the same request again counts", "ok", second.code(), second.verdict());
  }

  private Answer send(Call call) {
    Answer answer = stage.gateway().http().send(call);
    tally.count(answer);
    return answer;
  }

  /** Whether the refusals were those and no other. */
  void checkTally(int receipts, int replays) {
    Expectations expect = stage.expect();
    expect.equal("distinct receipts (回执)", receipts, tally.accepted());
    expect.equal("scans answered with an earlier receipt", replays, tally.replayed());
    expect.equal("refusals by code", render(refusalsExpected), render(tally.refused()));
  }

  private static String render(Map<String, Integer> counts) {
    StringBuilder text = new StringBuilder();
    counts.forEach(
        (code, count) -> text.append(text.isEmpty() ? "" : ", ").append(code + " " + count));
    return text.toString();
  }
}
