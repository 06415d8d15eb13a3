/**
 * The routes of the HTTP API with the bodies of their requests and replies, one class per resource.
 */
@NullMarked
package org.skillvoucher.gateway.api;

import org.jspecify.annotations.NullMarked;
