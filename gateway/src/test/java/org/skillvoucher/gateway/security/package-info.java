@NullMarked
package org.skillvoucher.gateway.security;

import org.jspecify.annotations.NullMarked;
