/** People: the vault, the only place that knows a name or a number, and the parsing of both. */
@NullMarked
package org.skillvoucher.gateway.person;

import org.jspecify.annotations.NullMarked;
