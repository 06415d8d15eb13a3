@NullMarked
package org.skillvoucher.simulator.screen;

import org.jspecify.annotations.NullMarked;
