package org.skillvoucher.gateway.security;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Authenticates callers by bearer token. */
public interface Authenticator {
  /**
   * Looks a token up.
   *
   * @return the caller; empty for a token that is unknown, expired or revoked; a stage that fails
   *     when that cannot be known
   */
  CompletionStage<Optional<Caller>> authenticate(String token);
}
