/** Benchmarks of journal and entities in process, beside their baselines. */
@NullMarked
package org.skillvoucher.gateway.bench;

import org.jspecify.annotations.NullMarked;
