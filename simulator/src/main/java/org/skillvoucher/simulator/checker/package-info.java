/**
 * The oracle of a run: compares the histories of its clients with the journal, trusting neither, by
 * the checks C1 to C4 and C8 to C10. Linear in time; of millions of rows it stores 64-bit hashes
 * only.
 */
@NullMarked
package org.skillvoucher.simulator.checker;

import org.jspecify.annotations.NullMarked;
