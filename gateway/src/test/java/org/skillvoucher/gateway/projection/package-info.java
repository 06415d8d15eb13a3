@NullMarked
package org.skillvoucher.gateway.projection;

import org.jspecify.annotations.NullMarked;
