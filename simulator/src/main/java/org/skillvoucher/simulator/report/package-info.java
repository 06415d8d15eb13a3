/**
 * What a run measured, whether that is good enough, and how it is told: as JSON, from which several
 * runs add up to one, and as one page.
 */
@NullMarked
package org.skillvoucher.simulator.report;

import org.jspecify.annotations.NullMarked;
