/**
 * What the journal and the entities can do by themselves, measured beside what it is compared to.
 */
@NullMarked
package org.skillvoucher.gateway.bench;

import org.jspecify.annotations.NullMarked;
