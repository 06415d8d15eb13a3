package org.skillvoucher.gateway.development;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Ends this process with the one that started it: a killed parent closes the pipe that is our
 * standard input. Only on request, because a service's standard input is often empty from the
 * start.
 */
public final class ExitOnEof {
  /** The environment variable that asks for it, with the value {@code true}. */
  public static final String VARIABLE = "VGW_EXIT_ON_EOF";

  private ExitOnEof() {}

  /** Watches the input if the environment asks for it, and runs the action once at its end. */
  public static void watch(Map<String, String> environment, InputStream input, Runnable action) {
    if ("true".equals(environment.get(VARIABLE))) {
      Thread.ofPlatform().daemon().name("exit-on-eof").start(() -> readToTheEnd(input, action));
    }
  }

  private static void readToTheEnd(InputStream input, Runnable action) {
    byte[] ignored = new byte[256];
    try {
      while (input.read(ignored) >= 0) {
        // The input's content is ignored; only its end matters.
      }
    } catch (IOException e) {
      // A broken input is treated as ended.
    }
    action.run();
  }
}
