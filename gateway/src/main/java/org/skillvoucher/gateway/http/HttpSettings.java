package org.skillvoucher.gateway.http;

import java.time.Duration;

/**
 * The address and the limits of the API.
 *
 * @param host the address to bind
 * @param port the port to bind; 0 for any free one
 * @param requestBodyBytesMax the longest JSON body
 * @param rosters the limits of roster files
 * @param batchBodyBytesMax the longest batch of offline statements
 * @param batchItemsMax the most statements in a batch
 * @param batchTimeout how long a batch may take before it is answered 503
 * @param inFlightMax the most requests in flight; more are shed with 503 at once
 * @param askTimeout how long a request may take before it is answered 503; also how long its body
 *     may take to arrive
 * @param retryAfter the Retry-After of a 503 or 429, at least a second
 * @param connections limits of the connections
 * @param shares the most one client may have of the requests in flight
 */
public record HttpSettings(
    String host,
    int port,
    int requestBodyBytesMax,
    RosterLimits rosters,
    int batchBodyBytesMax,
    int batchItemsMax,
    Duration batchTimeout,
    int inFlightMax,
    Duration askTimeout,
    Duration retryAfter,
    ConnectionSettings connections,
    ShareSettings shares) {
  public HttpSettings {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port must be 0 to 65535");
    }
    if (requestBodyBytesMax < 1) {
      throw new IllegalArgumentException("bodies must be allowed some length");
    }
    if (batchBodyBytesMax < 1 || batchItemsMax < 1 || !batchTimeout.isPositive()) {
      throw new IllegalArgumentException("batches must be allowed some length and time");
    }
    if (inFlightMax < 1) {
      throw new IllegalArgumentException("in-flight-max must be at least 1");
    }
    if (!askTimeout.isPositive() || retryAfter.toSeconds() < 1) {
      throw new IllegalArgumentException("ask-timeout must be positive, retry-after at least 1 s");
    }
  }
}
