package org.skillvoucher.gateway.development;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

/** Checks that a port is free before anything starts. */
public final class Ports {
  private Ports() {}

  /**
   * A refusal that names the flag which moves the port, or nothing if it is free. Port 0, any free
   * one, always is.
   *
   * @param name of the listener, as in "the API"
   * @param flag as in "--http-port"
   */
  public static Optional<String> check(String name, int port, String flag) {
    return check(name, InetAddress.getLoopbackAddress(), port, flag);
  }

  /** The same for another address than 127.0.0.1. */
  public static Optional<String> check(String name, InetAddress address, int port, String flag) {
    if (port == 0) {
      return Optional.empty();
    }
    if (port < 0 || port > 65_535) {
      return Optional.of("Port %d for %s does not exist (%s)".formatted(port, name, flag));
    }
    try (var socket = new ServerSocket()) {
      // As the server itself will: connections of the last run still closing are no obstacle.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port), 1);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "Port %d for %s is taken (%s); another one: %s PORT"
              .formatted(port, name, e.getMessage(), flag));
    }
  }
}
