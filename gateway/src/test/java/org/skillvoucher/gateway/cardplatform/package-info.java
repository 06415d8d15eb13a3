@NullMarked
package org.skillvoucher.gateway.cardplatform;

import org.jspecify.annotations.NullMarked;
