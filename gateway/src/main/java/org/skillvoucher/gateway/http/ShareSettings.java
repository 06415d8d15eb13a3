package org.skillvoucher.gateway.http;

/**
 * The most one client may have of the requests in flight.
 *
 * @param peerInFlightMax the most requests of one address in flight
 * @param tokenInFlightMax the most requests of one token in flight
 * @param tokenBodiesMax the most requests of one token whose body has not arrived yet
 */
public record ShareSettings(int peerInFlightMax, int tokenInFlightMax, int tokenBodiesMax) {
  public ShareSettings {
    if (peerInFlightMax < 1 || tokenInFlightMax < 1 || tokenBodiesMax < 1) {
      throw new IllegalArgumentException("each client must be allowed a request");
    }
  }
}
