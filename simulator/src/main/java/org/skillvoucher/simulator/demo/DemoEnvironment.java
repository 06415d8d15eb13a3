package org.skillvoucher.simulator.demo;

import org.skillvoucher.simulator.gateway.DevClock;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.screen.Expectations;
import org.skillvoucher.simulator.screen.Screen;

/** What the demo runs against: gateway, stubs, clock, sample, expectations and screen. */
record DemoEnvironment(
    GatewayClient gateway,
    StubControl stubs,
    DevClock clock,
    Sample sample,
    Expectations expect,
    Screen screen) {}
