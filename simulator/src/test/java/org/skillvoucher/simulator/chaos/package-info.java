@NullMarked
package org.skillvoucher.simulator.chaos;

import org.jspecify.annotations.NullMarked;
