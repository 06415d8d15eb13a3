package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OpenRoutesTest {
  private final World world = new World();

  @Test
  void theCertificatesAreThereForEverybody() {
    Answer keys = Ask.get("/v1/keys").to(world).is(200);
    assertEquals("application/x-pem-file", keys.contentType());
    assertEquals(World.PEM, keys.text());
  }

  @Test
  void theContractIsServedAsItIsTested() {
    assertEquals(Contract.text(), Ask.get("/openapi.yaml").to(world).is(200).text());
  }

  @Test
  void thePageAsksNoOtherHost() {
    Answer page = Ask.get("/docs").accept("text/html").to(world).is(200);
    assertTrue(
        page.header("content-security-policy").orElseThrow().startsWith("default-src 'none'"));
    assertFalse(page.text().contains("//"));
    Matcher files = Pattern.compile("(?:src|href)=\"(/[^\"]+)\"").matcher(page.text());
    List<String> named = files.results().map(file -> file.group(1)).toList();
    assertEquals(3, named.size());
    named.forEach(file -> Ask.get(file).to(world).is(200));
    assertTrue(Ask.get("/docs/start.js").to(world).text().contains("\"/openapi.yaml\""));
  }

  @Test
  void theContractHasEveryRouteAndNoOther() {
    Set<String> served =
        world.endpoints().stream()
            .filter(endpoint -> !endpoint.template().startsWith("/docs/"))
            .map(endpoint -> endpoint.template() + " " + endpoint.method())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(served, new TreeSet<>(inContract()));
  }

  private static List<String> inContract() {
    List<String> found = new ArrayList<>();
    String path = "";
    for (String line : Contract.text().split("\n(webhooks|components):", 2)[0].split("\n", -1)) {
      if (line.matches("  /\\S*:")) {
        path = line.strip().replace(":", "");
      } else if (Map.of("    get:", true, "    post:", true).containsKey(line)) {
        found.add(path + " " + line.strip().replace(":", "").toUpperCase(Locale.ROOT));
      }
    }
    return found;
  }
}
