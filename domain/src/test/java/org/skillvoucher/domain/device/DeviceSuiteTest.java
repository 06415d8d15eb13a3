package org.skillvoucher.domain.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DeviceSuiteTest {
  @Test
  void theTypesAreThoseThatDevicesInTheFieldWrite() {
    assertEquals("vds1.sm2", DeviceSuite.SM2.type());
    assertEquals("vds1.ed25519", DeviceSuite.ED25519.type());
    assertEquals("vds1.p256", DeviceSuite.P256.type());
  }

  @ParameterizedTest
  @EnumSource(DeviceSuite.class)
  void aSuiteIsFoundByItsType(DeviceSuite suite) {
    assertEquals(Optional.of(suite), DeviceSuite.ofType(suite.type()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sm2", "VDS1.SM2", "vtr1.sm2", "vds2.sm2"})
  void aTypeOfNoStatementHasNoSuite(String type) {
    assertEquals(Optional.empty(), DeviceSuite.ofType(type));
  }
}
