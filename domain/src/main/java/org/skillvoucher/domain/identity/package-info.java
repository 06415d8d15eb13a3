/** Identifiers: people, institutions, regions, occupations, cards, and the gateway's own ids. */
@NullMarked
package org.skillvoucher.domain.identity;

import org.jspecify.annotations.NullMarked;
