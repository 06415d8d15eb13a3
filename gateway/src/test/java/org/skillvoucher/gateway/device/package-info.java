@NullMarked
package org.skillvoucher.gateway.device;

import org.jspecify.annotations.NullMarked;
