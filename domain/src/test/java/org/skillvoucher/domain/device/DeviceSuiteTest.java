package org.skillvoucher.domain.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class DeviceSuiteTest {
  @Test
  void theTypesAreThoseThatDevicesInTheFieldWrite() {
    assertEquals("vds1.sm2", DeviceSuite.SM2.type());
    assertEquals("vds1.ed25519", DeviceSuite.ED25519.type());
    assertEquals("vds1.p256", DeviceSuite.P256.type());
  }
}
