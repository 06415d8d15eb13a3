package org.skillvoucher.simulator.demo;

import org.skillvoucher.simulator.gateway.DevClock;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.screen.Expectations;
import org.skillvoucher.simulator.screen.Screen;

/** Where the story plays: the gateway, the stubs, the clock, the sample, and who watches. */
record DemoEnvironment(
    GatewayClient gateway,
    StubControl stubs,
    DevClock clock,
    Sample sample,
    Expectations expect,
    Screen screen) {}
