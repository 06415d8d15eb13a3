@NullMarked
package org.skillvoucher.gateway.http;

import org.jspecify.annotations.NullMarked;
