/** The journal: event names, serializers, the feed that follows it, and the database. */
@NullMarked
package org.skillvoucher.gateway.journal;

import org.jspecify.annotations.NullMarked;
