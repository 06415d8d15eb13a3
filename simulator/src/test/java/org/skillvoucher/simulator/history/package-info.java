@NullMarked
package org.skillvoucher.simulator.history;

import org.jspecify.annotations.NullMarked;
