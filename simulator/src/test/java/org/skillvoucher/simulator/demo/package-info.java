@NullMarked
package org.skillvoucher.simulator.demo;

import org.jspecify.annotations.NullMarked;
