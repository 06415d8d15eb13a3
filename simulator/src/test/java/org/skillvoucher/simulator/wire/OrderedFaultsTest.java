package org.skillvoucher.simulator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skillvoucher.simulator.wire.OrderedFaults.Mode;

final class OrderedFaultsTest {
  private final OrderedFaults faults = new OrderedFaults();
  private final StubServer.Route route = faults.route("verifyCard", "resolveQr");

  private StubReply order(String body) {
    return route
        .handler()
        .apply(
            new StubRequest(
                "POST", "/control/faults", new DefaultHttpHeaders(), body.getBytes(UTF_8)));
  }

  @Test
  void faultsComeInTheOrderTheyWereOrderedAndAreThenUsedUp() {
    order("{\"operation\":\"verifyCard\",\"mode\":\"timeout\"}");
    order("{\"operation\":\"verifyCard\",\"mode\":\"503\",\"times\":2}");
    order("{\"operation\":\"verifyCard\",\"mode\":\"THROTTLE\"}");
    assertEquals(
        List.of(
            Optional.of(Mode.TIMEOUT),
            Optional.of(Mode.UNAVAILABLE),
            Optional.of(Mode.UNAVAILABLE),
            Optional.of(Mode.THROTTLE),
            Optional.empty()),
        IntStream.range(0, 5).mapToObj(call -> faults.next("verifyCard")).toList());
  }

  @Test
  void eachOperationHasFaultsOfItsOwn() {
    order("{\"operation\":\"verifyCard\",\"mode\":\"503\"}");
    assertEquals(Optional.empty(), faults.next("resolveQr"));
    assertEquals(Optional.of(Mode.UNAVAILABLE), faults.next("verifyCard"));
  }

  @Test
  void downIsUnavailableForItsTimeAndDoesNotUseUpWhatIsOrdered() {
    order("{\"operation\":\"verifyCard\",\"mode\":\"timeout\"}");
    order("{\"operation\":\"verifyCard\",\"mode\":\"down\",\"millis\":3600000}");
    assertEquals(Optional.of(Mode.UNAVAILABLE), faults.next("verifyCard"));
    assertEquals(Optional.of(Mode.UNAVAILABLE), faults.next("verifyCard"));
    order("{\"operation\":\"verifyCard\",\"mode\":\"down\",\"millis\":0}");
    assertEquals(Optional.of(Mode.TIMEOUT), faults.next("verifyCard"));
  }

  @Test
  void slowDelaysAPercentageOfAllCalls() {
    assertEquals(0, faults.delayMillis("verifyCard"));
    order("{\"operation\":\"verifyCard\",\"mode\":\"slow\",\"millis\":150}");
    assertEquals(150, faults.delayMillis("verifyCard"));
    assertEquals(0, faults.delayMillis("resolveQr"));
    order("{\"operation\":\"verifyCard\",\"mode\":\"slow\",\"millis\":150,\"percent\":0}");
    assertEquals(0, faults.delayMillis("verifyCard"));
    order("{\"operation\":\"verifyCard\",\"mode\":\"slow\",\"millis\":150,\"percent\":50}");
    long slow =
        IntStream.range(0, 2_000).filter(call -> faults.delayMillis("verifyCard") == 150).count();
    assertEquals(1_000, (double) slow, 250);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"mode\":\"503\"} | 400",
        "{\"operation\":\"verifyCard\"} | 400",
        "{\"operation\":\"evidence\",\"mode\":\"503\"} | 422",
        "{\"operation\":\"verifyCard\",\"mode\":\"fire\"} | 422",
        "{\"operation\":\"verifyCard\",\"mode\":\"503\",\"times\":0} | 400",
        "{\"operation\":\"verifyCard\",\"mode\":\"503\",\"times\":1001} | 400",
        "nothing | 400",
      })
  void aBadOrderIsRefusedAndOrdersNothing(String body, int status) {
    assertEquals(status, assertThrows(BadRequest.class, () -> order(body)).status());
    assertEquals(Optional.empty(), faults.next("verifyCard"));
  }

  @Test
  void theQueueOfOneOperationIsBounded() {
    order("{\"operation\":\"verifyCard\",\"mode\":\"503\",\"times\":1000}");
    assertThrows(BadRequest.class, () -> order("{\"operation\":\"verifyCard\",\"mode\":\"503\"}"));
    assertEquals(200, order("{\"operation\":\"resolveQr\",\"mode\":\"503\"}").status());
  }
}
