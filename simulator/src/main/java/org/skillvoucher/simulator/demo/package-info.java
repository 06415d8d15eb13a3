/** One class played from filing to forwarded evidence, over HTTP, with every number checked. */
@NullMarked
package org.skillvoucher.simulator.demo;

import org.jspecify.annotations.NullMarked;
