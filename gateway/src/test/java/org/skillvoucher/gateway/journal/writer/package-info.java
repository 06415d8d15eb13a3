@NullMarked
package org.skillvoucher.gateway.journal.writer;

import org.jspecify.annotations.NullMarked;
