@NullMarked
package org.skillvoucher.domain.trainingclass;

import org.jspecify.annotations.NullMarked;
