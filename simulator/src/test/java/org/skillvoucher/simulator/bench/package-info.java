@org.jspecify.annotations.NullMarked
package org.skillvoucher.simulator.bench;
