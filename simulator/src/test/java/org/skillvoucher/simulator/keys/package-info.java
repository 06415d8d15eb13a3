@NullMarked
package org.skillvoucher.simulator.keys;

import org.jspecify.annotations.NullMarked;
