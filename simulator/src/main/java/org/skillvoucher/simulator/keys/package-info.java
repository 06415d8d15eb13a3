/** The Chinese commercial ciphers (国密) as the gateway's peers implement them: SM2, SM3, SM4. */
@NullMarked
package org.skillvoucher.simulator.keys;

import org.jspecify.annotations.NullMarked;
