@NullMarked
package org.skillvoucher.gateway.cardplatform.gm;

import org.jspecify.annotations.NullMarked;
