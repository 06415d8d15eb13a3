@NullMarked
package org.skillvoucher.domain.identity;

import org.jspecify.annotations.NullMarked;
