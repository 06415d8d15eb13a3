package org.skillvoucher.simulator.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KeepAliveConnectionTest {
  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final KeepAliveConnection.Listener listener =
      new KeepAliveConnection.Listener() {
        @Override
        public void connectionIdle(KeepAliveConnection wire) {
          heard.add("free");
        }

        @Override
        public void connectionLost(KeepAliveConnection wire) {
          heard.add("gone");
        }

        @Override
        public void replied(PendingStatement errand, StatementReply reply) {
          heard.add("answered");
        }
      };

  @AfterEach
  void close() {
    loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private String next() throws InterruptedException {
    return String.valueOf(heard.poll(10, TimeUnit.SECONDS));
  }

  @Test
  void aWireThatBreaksWhileItIsFreeIsGoneUntilItIsBack() throws IOException, InterruptedException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      EventLoop loop = loops.next();
      KeepAliveConnection wire =
          new KeepAliveConnection(
              loop, URI.create("http://127.0.0.1:" + server.getLocalPort()), listener);
      loop.execute(wire::connect);
      Socket first = server.accept();
      assertEquals("free", next());
      first.close();
      assertEquals("gone", next());
      try (Socket second = server.accept()) {
        assertEquals("free", next());
        assertTrue(second.isConnected());
      }
    }
  }
}
