@NullMarked
package org.skillvoucher.simulator.platform;

import org.jspecify.annotations.NullMarked;
