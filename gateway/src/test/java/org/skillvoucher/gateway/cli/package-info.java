@NullMarked
package org.skillvoucher.gateway.cli;

import org.jspecify.annotations.NullMarked;
