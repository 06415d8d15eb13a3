@NullMarked
package org.skillvoucher.simulator.checker;

import org.jspecify.annotations.NullMarked;
