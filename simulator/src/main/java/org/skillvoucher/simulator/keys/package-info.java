/** The Chinese commercial ciphers (国密) as the other systems hold them: SM2, SM3, SM4. */
@NullMarked
package org.skillvoucher.simulator.keys;

import org.jspecify.annotations.NullMarked;
