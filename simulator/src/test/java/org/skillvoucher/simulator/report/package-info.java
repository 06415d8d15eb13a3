@NullMarked
package org.skillvoucher.simulator.report;

import org.jspecify.annotations.NullMarked;
