/**
 * Histories: the invocations and outcomes of clients' operations, one JSON line each, written
 * during a load and read afterwards by the checker.
 */
@NullMarked
package org.skillvoucher.simulator.history;

import org.jspecify.annotations.NullMarked;
