/** Who calls and what each may do; and the vault, the only place that knows a name or a number. */
@NullMarked
package org.skillvoucher.gateway.security;

import org.jspecify.annotations.NullMarked;
