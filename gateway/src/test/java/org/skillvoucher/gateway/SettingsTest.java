package org.skillvoucher.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.gateway.SettingsReader.SettingsException;

class SettingsTest {
  /** What config/gateway.conf leaves open on purpose. */
  private static final Map<String, String> OPEN =
      Map.of(
          "database.url", "jdbc:postgresql://db:5432/vgw",
          "database.password", "the-password",
          "platform.access-key", "ak",
          "platform.secret", "the-platform-secret",
          "platform.envelope-key", "00112233445566778899aabbccddeeff",
          "downstream.secret", "the-downstream-secret");

  private static Config with(Map<String, String> environment, Map<String, String> more) {
    Map<String, String> flags = new HashMap<>(OPEN);
    flags.putAll(more);
    return Configuration.load(TestPostgres.configFolder(), environment, flags);
  }

  @Test
  void theFileOfThisCheckoutReadsWithOnlyItsSecretsGiven() {
    Settings settings = Settings.read(with(Map.of(), Map.of()));
    assertEquals(8080, settings.http().port());
    assertEquals("jdbc:postgresql://db:5432/vgw", settings.database().url());
  }

  @Test
  void withoutSecretsEveryOneIsNamedAtOnce() {
    Config bare = Configuration.load(TestPostgres.configFolder(), Map.of(), Map.of());
    String faults = fault(bare);
    assertTrue(faults.contains("vgw.database"), faults);
    assertTrue(faults.contains("vgw.platform"), faults);
    assertTrue(faults.contains("vgw.downstream"), faults);
  }

  @Test
  void aMisspeltKeyStopsTheStartAndNamesTheNearest() {
    String faults = fault(with(Map.of(), Map.of("http.prot", "1")));
    assertTrue(faults.contains("vgw.http.prot"), faults);
    assertTrue(faults.contains("did you mean vgw.http.port?"), faults);
  }

  @Test
  void aValueOfTheWrongFormIsNamedWithoutBeingShown() {
    String faults = fault(with(Map.of(), Map.of("http.port", "the-password")));
    assertTrue(faults.contains("vgw.http.port"), faults);
    assertFalse(faults.contains("the-password"), faults);
  }

  @Test
  void aFlagGoesOverTheEnvironmentAndThatOverTheFile() {
    Map<String, String> environment =
        Map.of("VGW_HTTP_PORT", "9001", "VGW_MANAGEMENT_PORT", "9002");
    Settings settings = Settings.read(with(environment, Map.of("http.port", "9003")));
    assertEquals(9003, settings.http().port());
    assertEquals(9002, settings.management().port());
  }

  @Test
  void secretsAreHiddenWhereSettingsAreShown() {
    Settings settings = Settings.read(with(Map.of(), Map.of()));
    for (String shown : new String[] {settings.effective().toString(), settings.toString()}) {
      assertFalse(shown.contains("the-"), shown);
      assertFalse(shown.contains("00112233445566778899aabbccddeeff"), shown);
    }
    assertEquals("(hidden)", settings.effective().get("vgw.platform.secret"));
  }

  @Test
  void aFolderWithoutSettingsIsRefused(@TempDir Path empty) {
    assertThrows(SettingsException.class, () -> Configuration.load(empty, Map.of(), Map.of()));
  }

  @Test
  void theRulePacksOfThisCheckoutAreRead() throws Exception {
    var packs = RulePackFolder.load(TestPostgres.configFolder().resolve("rules"));
    assertTrue(packs.inForce(new RegionCode("990101"), LocalDate.of(2026, 1, 1)).isPresent());
  }

  private static String fault(Config config) {
    return String.valueOf(
        assertThrows(SettingsException.class, () -> Settings.read(config)).getMessage());
  }
}
