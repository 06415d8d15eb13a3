/** A gateway in a process of its own, and HTTP to it as its callers speak it. */
@NullMarked
package org.skillvoucher.simulator.gateway;

import org.jspecify.annotations.NullMarked;
