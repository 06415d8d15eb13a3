/** Commands for development, packaged apart from production. */
@NullMarked
package org.skillvoucher.gateway.cli.development;

import org.jspecify.annotations.NullMarked;
