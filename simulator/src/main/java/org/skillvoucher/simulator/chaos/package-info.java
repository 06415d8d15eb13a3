/** Faults while a load runs (故障注入): what is killed or frozen, when, and how soon scans go on. */
@NullMarked
package org.skillvoucher.simulator.chaos;

import org.jspecify.annotations.NullMarked;
