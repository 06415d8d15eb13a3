package org.skillvoucher.gateway.http;

import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * Placed between a connection's bytes and the HTTP layer: follows the requests' framing, says in
 * {@link Connection} what the connection waits for, and closes it when asked to or at a fault.
 */
final class ConnectionGuard
    extends GraphStage<BidiShape<ByteString, ByteString, ByteString, ByteString>> {
  final Inlet<ByteString> httpOut = Inlet.create("ConnectionGuard.httpOut");
  final Outlet<ByteString> netOut = Outlet.create("ConnectionGuard.netOut");
  final Inlet<ByteString> netIn = Inlet.create("ConnectionGuard.netIn");
  final Outlet<ByteString> httpIn = Outlet.create("ConnectionGuard.httpIn");
  final Connections connections;
  final Connection connection;
  private final BidiShape<ByteString, ByteString, ByteString, ByteString> shape =
      new BidiShape<>(httpOut, netOut, netIn, httpIn);

  ConnectionGuard(Connections connections, Connection connection) {
    this.connections = connections;
    this.connection = connection;
  }

  @Override
  public BidiShape<ByteString, ByteString, ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes inheritedAttributes) {
    return new ConnectionGuardLogic(this);
  }
}
