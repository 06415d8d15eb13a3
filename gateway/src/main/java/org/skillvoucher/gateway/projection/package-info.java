/** Read models and the queries over them, and the audit of the journal against them. */
@NullMarked
package org.skillvoucher.gateway.projection;

import org.jspecify.annotations.NullMarked;
