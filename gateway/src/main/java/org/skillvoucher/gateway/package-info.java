/**
 * The running service: a thin shell around the domain. {@code Gateway} is its table of contents.
 */
@NullMarked
package org.skillvoucher.gateway;

import org.jspecify.annotations.NullMarked;
