/** The port to the national card platform and its wire profile. */
@NullMarked
package org.skillvoucher.gateway.platform;

import org.jspecify.annotations.NullMarked;
