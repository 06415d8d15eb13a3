@NullMarked
package org.skillvoucher.domain.attendance;

import org.jspecify.annotations.NullMarked;
