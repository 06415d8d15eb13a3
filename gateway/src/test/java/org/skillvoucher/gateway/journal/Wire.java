package org.skillvoucher.gateway.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A wire to a database that may be frozen, as a hung PostgreSQL is, or cut, as by its restart, or
 * refuse everyone, as before PostgreSQL is up.
 */
public final class Wire implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final int target;
  private volatile boolean frozen;
  private volatile boolean refusing;

  public Wire(int target) throws IOException {
    this.target = target;
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  public void freeze(boolean on) {
    frozen = on;
  }

  public void refuse(boolean on) {
    refusing = on;
  }

  /** Breaks every connection; new ones are welcome. */
  public void cut() {
    for (Socket socket : Set.copyOf(sockets)) {
      close(socket);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = server.accept();
        if (refusing) {
          close(near);
          continue;
        }
        var far = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(near);
        sockets.add(far);
        Thread.ofVirtual().start(() -> pump(near, far));
        Thread.ofVirtual().start(() -> pump(far, near));
      }
    } catch (IOException e) {
      cut(); // closed
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        while (frozen) {
          Eventually.pauseMillis(5);
        }
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      sockets.remove(from); // the other end went
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
