/** The simulator: everyone the gateway deals with, speaking HTTP only. */
@NullMarked
package org.skillvoucher.simulator;

import org.jspecify.annotations.NullMarked;
