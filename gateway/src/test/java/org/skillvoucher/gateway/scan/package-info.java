@NullMarked
package org.skillvoucher.gateway.scan;

import org.jspecify.annotations.NullMarked;
