package org.skillvoucher.gateway.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GmTest {
  private static final byte[] KEY = hex("0123456789abcdeffedcba9876543210");
  private static final byte[] CONTEXT = Gm.utf8("context");

  @Test
  void sm3OfAbcIsTheStandardsExample() {
    assertEquals(
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
        HexFormat.of().formatHex(Gm.sm3(Gm.utf8("abc"))));
  }

  @Test
  void sm3OfPartsIsSm3OfTheWhole() {
    assertArrayEquals(Gm.sm3(Gm.utf8("abc")), Gm.sm3(Gm.utf8("a"), Gm.utf8(""), Gm.utf8("bc")));
  }

  @Test
  void hmacSm3AgreesWithTheFieldsVector() {
    String text =
        "_api_access_key=ak-demo-0001&_api_name=voucher_sign_in"
            + "&_api_timestamp=1760000000000&_api_version=1.0.0";
    assertEquals(
        "32e1c97cf0034b62a8f20a8b725f4f3f43d9e2922c1f60e03860af7283789f14",
        HexFormat.of().formatHex(Gm.hmacSm3(Gm.utf8("sk-demo-0001"), Gm.utf8(text))));
  }

  @Test
  void sm4GcmAgreesWithRfc8998() {
    String plain =
        "a".repeat(16)
            + "b".repeat(16)
            + "c".repeat(16)
            + "d".repeat(16)
            + "e".repeat(16)
            + "f".repeat(16)
            + "e".repeat(16)
            + "a".repeat(16);
    byte[] sealed =
        Gm.seal(
            KEY,
            hex("00001234567800000000abcd"),
            hex(plain),
            hex("feedfacedeadbeeffeedfacedeadbeefabaddad2"));
    String expected =
        "00001234567800000000ABCD"
            + "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
            + "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
            + "83DE3541E4C2B58177E065A9BF7B62EC";
    assertEquals(expected.toLowerCase(Locale.ROOT), HexFormat.of().formatHex(sealed));
  }

  @Test
  void whatIsSealedOpensAgainWhateverItsLength() {
    var random = new Random(1);
    for (int length = 0; length < 100; length++) {
      byte[] plain = new byte[length];
      random.nextBytes(plain);
      byte[] sealed = Gm.seal(KEY, plain, CONTEXT);
      assertEquals(12 + length + 16, sealed.length);
      assertArrayEquals(plain, Gm.open(KEY, sealed, CONTEXT).orElseThrow());
    }
  }

  @Test
  void theSamePlainTextNeverSealsTheSameTwice() {
    assertFalse(
        Arrays.equals(
            Gm.seal(KEY, Gm.utf8("abc"), CONTEXT), Gm.seal(KEY, Gm.utf8("abc"), CONTEXT)));
  }

  @Test
  void aFlippedBitAnywhereDoesNotOpen() {
    byte[] sealed = Gm.seal(KEY, Gm.utf8("a secret"), CONTEXT);
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] altered = sealed.clone();
      altered[bit / 8] ^= (byte) (1 << (bit % 8));
      assertTrue(Gm.open(KEY, altered, CONTEXT).isEmpty());
    }
  }

  @Test
  void anotherContextOrKeyOrACutTextDoesNotOpen() {
    byte[] sealed = Gm.seal(KEY, Gm.utf8("a secret"), CONTEXT);
    assertTrue(Gm.open(KEY, sealed, Gm.utf8("contexT")).isEmpty());
    assertTrue(Gm.open(Gm.random(16), sealed, CONTEXT).isEmpty());
    for (int length = 0; length < sealed.length; length++) {
      assertTrue(Gm.open(KEY, Arrays.copyOf(sealed, length), CONTEXT).isEmpty());
    }
  }

  @Test
  void aKeyOfAnotherLengthIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> Gm.seal(new byte[32], Gm.utf8("a"), CONTEXT));
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
