@NullMarked
package org.skillvoucher.gateway.database;

import org.jspecify.annotations.NullMarked;
