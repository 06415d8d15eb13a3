@NullMarked
package org.skillvoucher.simulator.scenario;

import org.jspecify.annotations.NullMarked;
