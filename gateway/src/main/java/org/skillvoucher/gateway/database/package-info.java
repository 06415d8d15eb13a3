/** PostgreSQL but for the journal's writers: schema, pool, and plain JDBC. */
@NullMarked
package org.skillvoucher.gateway.database;

import org.jspecify.annotations.NullMarked;
