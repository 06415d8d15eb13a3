/** The rules. Pure: no clock, no random, no input or output, no log. */
@NullMarked
package org.skillvoucher.domain;

import org.jspecify.annotations.NullMarked;
