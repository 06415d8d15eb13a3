package org.skillvoucher.simulator.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class KeysTest {
  private static final Envelope ENVELOPE = new Envelope("000102030405060708090a0b0c0d0e0f");

  @Test
  void sm3GivesTheStandardsValue() {
    assertEquals(
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
        Sm3.hashHex("abc".getBytes(UTF_8)));
  }

  @Test
  void hmacSm3GivesTheKnownValue() {
    assertEquals(
        "32e1c97cf0034b62a8f20a8b725f4f3f43d9e2922c1f60e03860af7283789f14",
        Sm3.hmacHex(
            "sk-demo-0001",
            "_api_access_key=ak-demo-0001&_api_name=voucher_sign_in"
                + "&_api_timestamp=1760000000000&_api_version=1.0.0"));
  }

  @Test
  void aSealedTextOpensWithItsNonceOnly() {
    byte[] plain = "张三".getBytes(UTF_8);
    String sealed = ENVELOPE.seal(plain, "n1");
    assertArrayEquals(plain, ENVELOPE.open(sealed, "n1").orElseThrow());
    assertEquals(Optional.empty(), ENVELOPE.open(sealed, "n2"));
    assertEquals(Optional.empty(), new Envelope("ff".repeat(16)).open(sealed, "n1"));
  }

  @Test
  void eachSealUsesANewInitialisationVector() {
    byte[] plain = "x".getBytes(UTF_8);
    assertTrue(!ENVELOPE.seal(plain, "n").equals(ENVELOPE.seal(plain, "n")));
  }

  @Test
  void anInvalidEnvelopeDoesNotOpen() {
    assertEquals(Optional.empty(), ENVELOPE.open("not base64", "n"));
    assertEquals(Optional.empty(), ENVELOPE.open("AAAA", "n"));
    assertThrows(IllegalArgumentException.class, () -> new Envelope("00"));
  }
}
