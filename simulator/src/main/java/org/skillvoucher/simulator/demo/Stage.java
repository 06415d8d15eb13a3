package org.skillvoucher.simulator.demo;

/** Where the story plays: the gateway, the stubs, the clock, the sample, and who watches. */
record Stage(
    Gateway gateway,
    StubControl stubs,
    DevClock clock,
    Sample sample,
    Expectations expect,
    Screen screen) {}
