@NullMarked
package org.skillvoucher.gateway.journal.snapshot;

import org.jspecify.annotations.NullMarked;
