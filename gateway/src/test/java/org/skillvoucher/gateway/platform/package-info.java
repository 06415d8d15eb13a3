@NullMarked
package org.skillvoucher.gateway.platform;

import org.jspecify.annotations.NullMarked;
