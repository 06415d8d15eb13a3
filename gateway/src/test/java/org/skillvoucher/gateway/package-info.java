@NullMarked
package org.skillvoucher.gateway;

import org.jspecify.annotations.NullMarked;
