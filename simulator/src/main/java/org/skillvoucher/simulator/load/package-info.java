/**
 * Load generator (压力测试) with an open-loop arrival rate: scans arrive by schedule whether the
 * gateway keeps up or not, and latency is measured from the scheduled arrival, free of coordinated
 * omission.
 */
@NullMarked
package org.skillvoucher.simulator.load;

import org.jspecify.annotations.NullMarked;
