/** Benchmarks as ratios of measurements that alternate on the same machine. */
@NullMarked
package org.skillvoucher.simulator.bench;

import org.jspecify.annotations.NullMarked;
