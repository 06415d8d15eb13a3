@NullMarked
package org.skillvoucher.gateway.forward;

import org.jspecify.annotations.NullMarked;
