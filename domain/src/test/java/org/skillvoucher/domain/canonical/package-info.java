@NullMarked
package org.skillvoucher.domain.canonical;

import org.jspecify.annotations.NullMarked;
