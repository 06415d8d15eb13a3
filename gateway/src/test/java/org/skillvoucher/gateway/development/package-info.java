@NullMarked
package org.skillvoucher.gateway.development;

import org.jspecify.annotations.NullMarked;
