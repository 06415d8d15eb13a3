@NullMarked
package org.skillvoucher.simulator;

import org.jspecify.annotations.NullMarked;
