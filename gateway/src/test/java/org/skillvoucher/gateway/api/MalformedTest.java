package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.skillvoucher.gateway.security.Role;

/** Bodies that two parsers could read differently are refused. */
class MalformedTest {
  private record Route(String name, Role role, String path, String good) {
    @Override
    public String toString() {
      return name;
    }
  }

  private record Bad(String why, ByteString body) {
    Bad(String why, byte[] body) {
      this(why, ByteString.fromArray(body));
    }

    @Override
    public String toString() {
      return why;
    }
  }

  private static final List<Route> ROUTES =
      List.of(
          new Route("scans", Role.DEVICE, "/v1/classes/C1/scans", Samples.scan("C1").strip()),
          new Route(
              "batches",
              Role.DEVICE,
              "/v1/statement-batches",
              "{\"items\":[" + Samples.scan("C1").strip() + "]}"),
          new Route(
              "institutions",
              Role.ISSUING_AUTHORITY,
              "/v1/institutions",
              "{\"creditCode\":\"%s\",\"region\":\"990000\",\"name\":\"张三\",\"qualification\":\"q\",\"edition\":2026}"
                  .formatted(World.OTHER_SCHOOL)),
          new Route("vouchers", Role.ISSUING_AUTHORITY, "/v1/vouchers", Samples.ISSUE.strip()));

  static Stream<Arguments> badBodies() {
    return ROUTES.stream().flatMap(route -> bodies(route.good()).map(b -> Arguments.of(route, b)));
  }

  private static Stream<Bad> bodies(String good) {
    return Stream.of(texts(good), strings(good), bytes(good)).flatMap(bad -> bad);
  }

  private static Stream<Bad> texts(String good) {
    return Stream.of(
        bad("empty", ""),
        bad("blank", " \n"),
        bad("an array", "[" + good + "]"),
        bad("a string", "\"x\""),
        bad("a number", "7"),
        bad("null", "null"),
        bad("cut short", good.substring(0, good.length() - 1)),
        bad("trailing text", good + "x"),
        bad("two objects", good + good),
        bad("trailing comma", good.substring(0, good.length() - 1) + ",}"),
        bad("a comment", "/* */" + good),
        bad("a line comment", "// x\n" + good),
        bad("single quotes", good.replace('"', '\'')),
        bad("names without quotes", with(good, "x:1")),
        bad("a doubled name", with(good, "\"x\":1,\"x\":1")),
        bad("a doubled name under an escape", with(good, "\"x\":1,\"\\u0078\":1")),
        bad("a doubled name further down", with(good, "\"x\":{\"y\":[{\"z\":1,\"z\":1}]}")),
        bad("NaN", with(good, "\"x\":NaN")),
        bad("Infinity", with(good, "\"x\":-Infinity")),
        bad("a leading zero", with(good, "\"x\":01")),
        bad("a leading plus", with(good, "\"x\":+1")),
        bad("a bare point", with(good, "\"x\":1.")),
        bad("hexadecimal", with(good, "\"x\":0x1F")),
        bad("2^53", with(good, "\"x\":9007199254740992")),
        bad("-2^53", with(good, "\"x\":-9007199254740992")),
        bad("a huge integer", with(good, "\"x\":" + "9".repeat(900))),
        bad("a number of too many digits", with(good, "\"x\":" + "9".repeat(2000))),
        bad("a huge exponent", with(good, "\"x\":1e400")),
        bad("a huge fraction", with(good, "\"x\":9007199254740993.5")),
        bad("nine levels", with(good, "\"x\":" + "[".repeat(8) + "]".repeat(8))),
        bad("nine thousand levels", "{\"x\":" + "[".repeat(9000)),
        bad("a byte order mark", "\uFEFF" + good));
  }

  private static Stream<Bad> strings(String good) {
    return Stream.of(
        bad("NUL escaped", with(good, "\"x\":\"a\\u0000b\"")),
        bad("NUL in a name", with(good, "\"a\\u0000b\":1")),
        bad("half a surrogate pair", with(good, "\"x\":\"\\ud842\"")),
        bad("the other half", with(good, "\"x\":\"\\udfb7\"")),
        bad("a pair the wrong way round", with(good, "\"x\":\"\\udfb7\\ud842\"")),
        bad("half a pair in a name", with(good, "\"\\ud842\":1")),
        bad("right-to-left override in a person's name", good.replace("张三", "张\u202E三")),
        bad("an isolate in a person's name", good.replace("张三", "张\\u2066三")),
        bad("a direction mark in a member's name", with(good, "\"a\u200Fb\":1")),
        bad("a raw tab in a string", with(good, "\"x\":\"a\tb\"")),
        bad("a raw line feed in a string", with(good, "\"x\":\"a\nb\"")),
        bad("an unknown escape", with(good, "\"x\":\"\\q\"")),
        bad("a short escape", with(good, "\"x\":\"\\u12\"")));
  }

  private static Stream<Bad> bytes(String good) {
    return Stream.of(
        new Bad("GB18030", good.getBytes(Charset.forName("GB18030"))),
        new Bad("UTF-16", good.getBytes(StandardCharsets.UTF_16)),
        new Bad("UTF-16 without its mark", good.getBytes(StandardCharsets.UTF_16LE)),
        new Bad("a raw NUL", withBytes(good, 0x00)),
        new Bad("a lone continuation byte", withBytes(good, 0x80)),
        new Bad("an overlong slash", withBytes(good, 0xC0, 0xAF)),
        new Bad("a surrogate as three bytes", withBytes(good, 0xED, 0xA1, 0x82)),
        new Bad("beyond Unicode", withBytes(good, 0xF4, 0x90, 0x80, 0x80)),
        new Bad("a character cut off", Arrays.copyOf(new byte[] {(byte) 0xE5, (byte) 0xBC}, 2)));
  }

  private static Bad bad(String why, String body) {
    return new Bad(why, body.getBytes(StandardCharsets.UTF_8));
  }

  /** The good object with one more member. */
  private static String with(String good, String member) {
    return "{" + member + "," + good.substring(1);
  }

  /** The good object with one more member, whose text has these bytes. */
  private static byte[] withBytes(String good, int... bytes) {
    StringBuilder text = new StringBuilder();
    for (int octet : bytes) {
      text.append((char) octet);
    }
    byte[] head = ("{\"x\":\"" + text + "\",").getBytes(StandardCharsets.ISO_8859_1);
    byte[] tail = good.substring(1).getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("badBodies")
  void isMalformed(Route route, Bad bad) {
    World world = new World();
    Ask.post(route.path())
        .by(route.role())
        .body("application/json", bad.body().toArray())
        .to(world)
        .isProblem(400, "malformed");
    assertTrue(world.scans.seen.isEmpty());
    assertTrue(world.people.stored.isEmpty());
  }

  static Stream<Arguments> oddBodies() {
    return ROUTES.stream()
        .flatMap(
            route ->
                Stream.of(
                        bad(
                            "eight levels",
                            with(route.good(), "\"x\":" + "[".repeat(7) + "]".repeat(7))),
                        bad("2^53 - 1", with(route.good(), "\"x\":9007199254740991")),
                        bad("a small fraction", with(route.good(), "\"x\":0.1e-400")),
                        bad("null", with(route.good(), "\"x\":null")),
                        bad("a whole pair", with(route.good(), "\"x\":\"\\ud842\\udfb7\"")),
                        bad("an empty name", with(route.good(), "\"\":1")),
                        bad("nothing in it", "{}"))
                    .map(body -> Arguments.of(route, body)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("oddBodies")
  void isReadableButHasMembersThatDoNotBelong(Route route, Bad odd) {
    Ask.post(route.path())
        .by(route.role())
        .body("application/json", odd.body().toArray())
        .to(new World())
        .isProblem(422, "invalid_field");
  }
}
