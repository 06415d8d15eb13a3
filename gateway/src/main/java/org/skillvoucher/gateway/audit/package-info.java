/** The audit: what the journal holds compared with what the read models applied. */
@NullMarked
package org.skillvoucher.gateway.audit;

import org.jspecify.annotations.NullMarked;
