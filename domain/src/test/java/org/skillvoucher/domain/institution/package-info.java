@NullMarked
package org.skillvoucher.domain.institution;

import org.jspecify.annotations.NullMarked;
