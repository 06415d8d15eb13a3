@NullMarked
package org.skillvoucher.simulator.gateway;

import org.jspecify.annotations.NullMarked;
