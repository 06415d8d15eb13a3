package org.skillvoucher.gateway.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.gateway.security.DeploymentKey;
import org.skillvoucher.gateway.security.DeploymentKeyedHash;

class DeviceNamesTest {
  private static final CreditCode SCHOOL = new CreditCode("52990101MA00XY0180");
  private static final CreditCode OTHER = new CreditCode("91990000MA00000008");

  private final DeviceNames names =
      new DeviceNames(new DeploymentKeyedHash(new DeploymentKey(new byte[32])));

  @Test
  void aRetriedRequestGetsTheSameIdAndAnotherOneAnother() {
    String id = names.id(SCHOOL, "token\nkey");
    assertTrue(id.matches("D[0-9A-HJKMNP-TV-Z]{15}"), id);
    assertEquals(id, names.id(SCHOOL, "token\nkey"));
    assertNotEquals(id, names.id(SCHOOL, "token\nkey2"));
  }

  @Test
  void anIdBeginsWithItsInstitutionsLetters() {
    String id = names.id(SCHOOL, "r");
    assertTrue(names.isOf(SCHOOL, id));
    assertTrue(names.isOf(SCHOOL, id + "-3"));
    assertFalse(names.isOf(OTHER, id + "-3"));
    assertEquals(id.substring(0, 5), names.id(SCHOOL, "another").substring(0, 5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "D", "kiosk-1", "DDDDD"})
  void aForeignNameIsNobodysHere(String name) {
    assertFalse(names.isOf(SCHOOL, name));
  }
}
