/** Read models and the queries over them. */
@NullMarked
package org.skillvoucher.gateway.projection;

import org.jspecify.annotations.NullMarked;
