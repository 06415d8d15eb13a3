@NullMarked
package org.skillvoucher.domain;

import org.jspecify.annotations.NullMarked;
