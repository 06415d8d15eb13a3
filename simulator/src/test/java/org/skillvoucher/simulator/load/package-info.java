@NullMarked
package org.skillvoucher.simulator.load;

import org.jspecify.annotations.NullMarked;
