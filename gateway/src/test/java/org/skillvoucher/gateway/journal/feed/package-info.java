@NullMarked
package org.skillvoucher.gateway.journal.feed;

import org.jspecify.annotations.NullMarked;
