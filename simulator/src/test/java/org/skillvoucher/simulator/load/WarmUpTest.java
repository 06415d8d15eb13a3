package org.skillvoucher.simulator.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.device.DeviceSuite;

final class WarmUpTest {
  @Test
  void allAnswersOfAllSuitesAreParsed() {
    assertEquals(450, WarmUp.run(List.of(DeviceSuite.values())));
  }
}
