@NullMarked
package org.skillvoucher.gateway.api;

import org.jspecify.annotations.NullMarked;
