@NullMarked
package org.skillvoucher.gateway.journal.event;

import org.jspecify.annotations.NullMarked;
