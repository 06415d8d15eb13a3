/**
 * The measured result of a run, its evaluation against thresholds, and its output: as JSON, from
 * which the results of several simulators are merged, as text for the terminal, and as an HTML
 * page.
 */
@NullMarked
package org.skillvoucher.simulator.report;

import org.jspecify.annotations.NullMarked;
