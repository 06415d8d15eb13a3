/**
 * Correctness scenarios: sites, devices, classes and people made from a seed, their taps sent to a
 * gateway, and its sheets, receipts and books compared with the expected outcome (test oracle).
 */
@NullMarked
package org.skillvoucher.simulator.scenario;

import org.jspecify.annotations.NullMarked;
