package org.skillvoucher.gateway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.skillvoucher.domain.identity.Side;
import org.skillvoucher.gateway.security.Caller;
import org.skillvoucher.gateway.security.Role;
import org.skillvoucher.gateway.security.Tokens;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code vgw token create|revoke|list}. Exit codes: 0 done, 1 no such token, 2 usage, 3 the
 * database does not answer.
 */
@Command(
    name = "token",
    description = "Creates, revokes and lists bearer tokens.",
    mixinStandardHelpOptions = true)
public final class TokenCommand {
  private static final int FAILED = 1;
  private static final int UNREACHABLE = 3;
  private static final int ANSWER_SECONDS_MAX = 30;
  private static final int LISTED_MAX = 1_000;

  @Spec private CommandSpec spec;
  private final Supplier<Tokens> tokens;

  /**
   * A command over tokens that are opened only when a subcommand runs, so that {@code --help} needs
   * no database.
   */
  @SuppressWarnings("NullAway.Init") // picocli injects the spec.
  public TokenCommand(Supplier<Tokens> tokens) {
    this.tokens = tokens;
  }

  @Command(
      description = "Creates a token and prints it: it can never be shown again.",
      mixinStandardHelpOptions = true)
  int create(
      @Option(
              names = "--role",
              required = true,
              description =
                  "issuing_authority, institution, device, card_platform, auditor or operator")
          String role,
      @Option(
              names = "--scope",
              defaultValue = "everywhere",
              description =
                  "everywhere (default), region:<six digits> or institution:<credit code>")
          String scope,
      @Option(
              names = "--subject",
              description =
                  "opaque id of the person who will hold it: two tokens of one person have the same;"
                      + " without it, the token counts as a person of its own")
          Optional<String> subject,
      @Option(
              names = "--side",
              description =
                  "for whom the person acts: bureau, finance, institution, enterprise, platform,"
                      + " third_party, auditor or operator (default: by the role)")
          Optional<String> side,
      @Option(names = "--days", defaultValue = "90", description = "its life (default: 90)")
          int days,
      @Option(names = "--json", description = "print JSON") boolean json) {
    CompletionStage<Tokens.IssuedToken> issuing;
    try {
      Role known =
          Role.ofCode(role)
              .orElseThrow(() -> new IllegalArgumentException("there is no role " + role));
      issuing =
          tokens
              .get()
              .issue(
                  known,
                  Caller.Scope.parse(scope),
                  holder(known, subject, side),
                  Duration.ofDays(days));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    return answered(
        issuing,
        issued -> {
          if (json) {
            Map<String, Object> fields = fields(issued.entry());
            fields.put("token", issued.token());
            out().println(toJson(fields));
          } else {
            // The token alone on standard output, for scripts.
            out().println(issued.token());
            err().println(line(issued.entry()));
            err().println("Keep the token now: it cannot be shown again.");
          }
          return 0;
        });
  }

  private static Optional<Caller.Holder> holder(
      Role role, Optional<String> subject, Optional<String> side) {
    Side known =
        side.map(
                code ->
                    Side.ofCode(code)
                        .orElseThrow(
                            () -> new IllegalArgumentException("there is no side " + code)))
            .orElse(role.side());
    if (side.isPresent() && subject.isEmpty()) {
      throw new IllegalArgumentException("--side is of a person: it needs --subject");
    }
    return subject.map(id -> new Caller.Holder(id, known));
  }

  @Command(
      description = "Revokes a token; other nodes follow within seconds.",
      mixinStandardHelpOptions = true)
  int revoke(
      @Parameters(paramLabel = "TOKEN-ID", description = "as shown by list") String tokenId) {
    return answered(
        tokens.get().revoke(tokenId),
        found -> {
          if (!found) {
            err().println("There is no token " + tokenId + ".");
            return FAILED;
          }
          err().println("Revoked " + tokenId + ".");
          return 0;
        });
  }

  @Command(
      description = "Lists tokens, newest first, without the secrets.",
      mixinStandardHelpOptions = true)
  int list(@Option(names = "--json", description = "print JSON") boolean json) {
    return answered(
        tokens.get().list(LISTED_MAX),
        entries -> {
          if (json) {
            out().println(toJson(entries.stream().map(TokenCommand::fields).toList()));
          } else {
            entries.forEach(entry -> out().println(line(entry)));
          }
          return 0;
        });
  }

  private <T> int answered(CompletionStage<T> stage, ToIntFunction<T> print) {
    T value;
    try {
      value = stage.toCompletableFuture().get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      err().println("The database does not answer: " + cause(e));
      return UNREACHABLE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNREACHABLE;
    }
    return print.applyAsInt(value);
  }

  private static String cause(Throwable failure) {
    Throwable deepest = failure;
    for (Throwable next = failure.getCause(); next != null; next = next.getCause()) {
      deepest = next;
    }
    String message = deepest.getMessage();
    return message == null ? deepest.getClass().getSimpleName() : message;
  }

  private static String line(Tokens.TokenEntry entry) {
    String line =
        "%s  %-17s  %s  %s (%s)  issued %s  expires %s"
            .formatted(
                entry.tokenId(),
                entry.role().code(),
                entry.scope().text(),
                entry.holder().subject(),
                entry.holder().side().code(),
                entry.issuedAt(),
                entry.expiresAt());
    return entry.revokedAt().map(at -> line + "  revoked " + at).orElse(line);
  }

  private static Map<String, Object> fields(Tokens.TokenEntry entry) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("tokenId", entry.tokenId());
    fields.put("role", entry.role().code());
    fields.put("scope", entry.scope().text());
    fields.put("subject", entry.holder().subject());
    fields.put("side", entry.holder().side().code());
    fields.put("issuedAt", entry.issuedAt().toString());
    fields.put("expiresAt", entry.expiresAt().toString());
    entry.revokedAt().ifPresent(at -> fields.put("revokedAt", at.toString()));
    return fields;
  }

  private static String toJson(Object value) {
    try {
      return new ObjectMapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("text always becomes JSON", e);
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
