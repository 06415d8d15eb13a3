package org.skillvoucher.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy in front of the gateway that cuts answers: the request arrives, the answer does not.
 */
final class CuttingProxy implements AutoCloseable {
  private final ServerSocket listening;
  private final URI target;
  private final AtomicInteger cutsLeft = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile int keptOctets;

  CuttingProxy(String api) throws IOException {
    target = URI.create(api);
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var unused = threads.submit(this::accept);
  }

  String address() {
    return "http://127.0.0.1:" + listening.getLocalPort();
  }

  /** The next answers end after so many octets. */
  void cut(int answers, int octets) {
    keptOctets = octets;
    cutsLeft.set(answers);
  }

  int requests() {
    return requests.get();
  }

  private boolean accept() throws IOException {
    while (!listening.isClosed()) {
      Socket client = listening.accept();
      var unused = threads.submit(() -> serve(client));
    }
    return true;
  }

  private boolean serve(Socket client) throws IOException {
    try (client;
        Socket gateway = new Socket(target.getHost(), target.getPort())) {
      var unused =
          threads.submit(() -> client.getInputStream().transferTo(gateway.getOutputStream()));
      byte[] answer = answer(gateway.getInputStream());
      requests.incrementAndGet();
      boolean cut = cutsLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
      client
          .getOutputStream()
          .write(answer, 0, cut ? Math.min(keptOctets, answer.length) : answer.length);
      client.getOutputStream().flush();
    }
    return true;
  }

  /** One answer, whole: head, and as many octets as its Content-Length says. */
  private static byte[] answer(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int octet = in.read();
      if (octet < 0) {
        return head.toByteArray();
      }
      head.write(octet);
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    int length =
        text.lines()
            .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
            .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
            .findFirst()
            .orElse(0);
    head.write(in.readNBytes(length));
    return head.toByteArray();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    threads.shutdownNow();
  }
}
