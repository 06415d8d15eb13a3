@NullMarked
package org.skillvoucher.domain.scan;

import org.jspecify.annotations.NullMarked;
