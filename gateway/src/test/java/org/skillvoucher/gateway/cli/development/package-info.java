@NullMarked
package org.skillvoucher.gateway.cli.development;

import org.jspecify.annotations.NullMarked;
