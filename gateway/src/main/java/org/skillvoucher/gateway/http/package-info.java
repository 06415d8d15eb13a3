/** The HTTP API: requests in, domain commands on, problems out. */
@NullMarked
package org.skillvoucher.gateway.http;

import org.jspecify.annotations.NullMarked;
