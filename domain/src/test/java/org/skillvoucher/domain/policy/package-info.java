@NullMarked
package org.skillvoucher.domain.policy;

import org.jspecify.annotations.NullMarked;
