/** The commands of {@code vgw} that run in the gateway, one class each. */
@NullMarked
package org.skillvoucher.gateway.cli;

import org.jspecify.annotations.NullMarked;
