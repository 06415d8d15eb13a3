package org.skillvoucher.gateway.cli;

import java.sql.SQLException;
import org.skillvoucher.gateway.SettingsReader;
import picocli.CommandLine;

/** What a failed command prints, and its exit code: a sentence, not a stack trace. */
public final class CommandFailures {
  private static final int FAILED = 1;
  private static final int PREREQUISITES = 2;
  private static final int CANNOT_CONNECT = 3;

  private CommandFailures() {}

  /** A command stopped for a reason that its user can fix. */
  public static final class Refused extends RuntimeException {
    public Refused(String message) {
      super(message);
    }
  }

  public static int report(
      Exception failure, CommandLine command, CommandLine.ParseResult ignoredArguments) {
    command.getErr().println(sentence(failure));
    return code(failure);
  }

  private static String sentence(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static int code(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Refused || cause instanceof SettingsReader.SettingsException) {
        return PREREQUISITES;
      }
      if (cause instanceof SQLException sql && connectionFailed(sql)) {
        return CANNOT_CONNECT;
      }
    }
    return FAILED;
  }

  /** SQLSTATE class 08 is a failed connection, class 28 a failed authorization. */
  private static boolean connectionFailed(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && (state.startsWith("08") || state.startsWith("28"));
  }
}
