package org.skillvoucher.gateway.http;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * Limits of a port's connections.
 *
 * @param connectionsMax the most open connections
 * @param peerConnectionsMax the most open connections of one address
 * @param headTimeout how long a request's head may take from its first byte, and the first one from
 *     the connection's opening
 * @param bodyStallTimeout how long a body may pause
 * @param answerStallTimeout how long a client may pause in reading an answer
 * @param idleTimeout how long a connection may wait for its next request
 */
public record ConnectionSettings(
    int connectionsMax,
    int peerConnectionsMax,
    Duration headTimeout,
    Duration bodyStallTimeout,
    Duration answerStallTimeout,
    Duration idleTimeout) {
  public ConnectionSettings {
    if (connectionsMax < 1 || peerConnectionsMax < 1) {
      throw new IllegalArgumentException("a connection must be allowed");
    }
    if (!Stream.of(headTimeout, bodyStallTimeout, answerStallTimeout, idleTimeout)
        .allMatch(Duration::isPositive)) {
      throw new IllegalArgumentException("the timeouts of a connection must be positive");
    }
  }
}
