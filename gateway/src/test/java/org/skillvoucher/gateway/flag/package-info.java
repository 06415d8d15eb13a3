@NullMarked
package org.skillvoucher.gateway.flag;

import org.jspecify.annotations.NullMarked;
