@NullMarked
package org.skillvoucher.domain.device;

import org.jspecify.annotations.NullMarked;
