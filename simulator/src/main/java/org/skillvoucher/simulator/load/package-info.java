/**
 * Load (压力测试): scans arrive by schedule whether the gateway keeps up or not, and their delay counts
 * from when they should have begun.
 */
@NullMarked
package org.skillvoucher.simulator.load;

import org.jspecify.annotations.NullMarked;
