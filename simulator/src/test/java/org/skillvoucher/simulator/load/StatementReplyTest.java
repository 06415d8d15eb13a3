package org.skillvoucher.simulator.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatementReplyTest {
  private static StatementReply reply(int status, String body) {
    return StatementReply.of(status, body.getBytes(UTF_8), 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "201 | {\"receipt\":\"UjE\"}              | ok",
        "200 | ''                                 | ok",
        "202 | {\"code\":\"device_counter_gap\"}  | device_counter_gap",
        "409 | {\"code\":\"clock_skew\"}          | clock_skew",
        "503 | {\"code\":\"try_again\"}           | try_again",
        "502 | <html>bad gateway</html>           | http_502",
        "404 | {\"code\":\"cut off               | http_404",
        "400 | {\"code\":7}                       | http_400",
      })
  void theCodeIsTheProblemsOrFollowsFromTheStatus(int status, String body, String code) {
    assertEquals(code, reply(status, body).code());
  }

  @Test
  void theReceiptBelongsToTheStatementWithItsHash() {
    StatementReply reply = reply(201, "{\"receipt\":\"UjE\",\"payload\":{\"dh\":\"h1\"}}");
    assertEquals("UjE", reply.receipt());
    assertTrue(reply.hasReceiptFor("h1"));
    assertFalse(reply.hasReceiptFor("h2"));
    assertFalse(reply(201, "{}").hasReceiptFor("h1"));
  }

  @Test
  void aMemberThatIsMissingOrNoStringIsEmpty() {
    assertEquals("", reply(200, "{\"outcome\":null}").text("outcome"));
    assertEquals("", reply(200, "{}").text("outcome"));
    assertEquals("gap", reply(200, "{\"items\":[{\"outcome\":\"gap\"}]}").text("outcome"));
  }

  @Test
  void withoutAnAnswerTheCodeIsTheReason() {
    StatementReply none = StatementReply.none("timeout");
    assertEquals(0, none.status());
    assertEquals("timeout", none.code());
    assertEquals("", none.receipt());
  }

  @Test
  void itsTextHasNoBody() {
    assertEquals("StatementReply 201 ok", reply(201, "{\"receipt\":\"UjE\"}").toString());
  }
}
