package org.skillvoucher.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.skillvoucher.simulator.checker.CheckReport;
import org.skillvoucher.simulator.checker.Checker;
import org.skillvoucher.simulator.checker.JournalExport;
import org.skillvoucher.simulator.gateway.CannotConnect;
import org.skillvoucher.simulator.gateway.RetryingHttpClient;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.gateway.UnexpectedAnswer;
import org.skillvoucher.simulator.history.HistoryInvalid;
import org.skillvoucher.simulator.wire.BadRequest;
import org.skillvoucher.simulator.wire.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vgw check}. */
@Command(
    name = "check",
    description = {
      "Compares the answers clients received with the whole journal of a gateway: nothing acknowledged"
          + " lost or doubled, chains and counters whole, every signature the gateway's. Without a"
          + " history it looks at the journal alone.",
      "Ends with 0 when nothing is wrong, 1 when something is, 2 for what cannot be read, 3 when the"
          + " gateway cannot be reached."
    },
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "HISTORY.jsonl",
      arity = "0..*",
      description = "What each simulator's clients sent and received.")
  private List<Path> histories = List.of();

  @Option(
      names = "--gateway",
      paramLabel = "URL",
      required = true,
      description = "Such as http://127.0.0.1:8080.")
  private @Nullable String gateway;

  @Option(
      names = "--tokens",
      paramLabel = "FILE",
      required = true,
      description = "JSON with a token for each role, of which the auditor's is used.")
  private @Nullable Path tokens;

  @Override
  public Integer call() throws IOException {
    Optional<String> token = auditorsToken();
    Optional<Path> unreadable =
        histories.stream().filter(history -> !Files.isReadable(history)).findFirst();
    if (token.isEmpty() || unreadable.isPresent()) {
      System.err.println(
          unreadable.isPresent()
              ? "cannot read the history " + unreadable.get()
              : "there is no auditor's token in " + tokens);
      return 2;
    }
    try (RetryingHttpClient http = new RetryingHttpClient(Thread::sleep)) {
      String api = String.valueOf(gateway).replaceFirst("/+$", "");
      CheckReport verdict =
          Checker.check(
              new JournalExport(http, api, token.get()), Optional.empty(), List.copyOf(histories));
      System.out.print(verdict.text());
      return verdict.passed() ? 0 : 1;
    } catch (HistoryInvalid e) {
      System.err.println(e.getMessage());
      return 2;
    } catch (CannotConnect | UnexpectedAnswer e) {
      System.err.println(e.getMessage());
      return 3;
    }
  }

  private Optional<String> auditorsToken() throws IOException {
    if (tokens == null || !Files.isReadable(tokens)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.text(Json.read(Files.readAllBytes(tokens)), Role.AUDITOR.code()));
    } catch (BadRequest e) {
      return Optional.empty();
    }
  }
}
