/**
 * What clients sent and what they were told, one JSON line each: written while a load runs, and
 * read afterwards by the checker.
 */
@NullMarked
package org.skillvoucher.simulator.history;

import org.jspecify.annotations.NullMarked;
