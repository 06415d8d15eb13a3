@NullMarked
package org.skillvoucher.gateway.audit;

import org.jspecify.annotations.NullMarked;
