/**
 * Judges a run by what its clients were told and by what the journal holds, trusting neither: the
 * checks C1 to C4 and C8 to C10. Linear in time; of millions of rows it keeps hashes only.
 */
@NullMarked
package org.skillvoucher.simulator.checker;

import org.jspecify.annotations.NullMarked;
