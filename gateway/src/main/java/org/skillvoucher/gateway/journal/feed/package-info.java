/** Following the journal without tags: position (tx, ordering) below the low watermark. */
@NullMarked
package org.skillvoucher.gateway.journal.feed;

import org.jspecify.annotations.NullMarked;
