@NullMarked
package org.skillvoucher.gateway.evidence;

import org.jspecify.annotations.NullMarked;
