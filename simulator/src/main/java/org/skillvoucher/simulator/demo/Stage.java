package org.skillvoucher.simulator.demo;

import org.skillvoucher.simulator.gateway.DevClock;
import org.skillvoucher.simulator.gateway.Gateway;
import org.skillvoucher.simulator.screen.Expectations;
import org.skillvoucher.simulator.screen.Screen;

/** Where the story plays: the gateway, the stubs, the clock, the sample, and who watches. */
record Stage(
    Gateway gateway,
    StubControl stubs,
    DevClock clock,
    Sample sample,
    Expectations expect,
    Screen screen) {}
