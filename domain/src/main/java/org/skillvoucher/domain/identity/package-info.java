/**
 * Who and what is spoken of: people, institutions, regions, occupations, cards, and the ids of our
 * own.
 */
@NullMarked
package org.skillvoucher.domain.identity;

import org.jspecify.annotations.NullMarked;
