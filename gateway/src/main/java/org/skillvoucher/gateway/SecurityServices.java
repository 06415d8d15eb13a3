package org.skillvoucher.gateway;

import java.util.concurrent.ExecutorService;
import org.skillvoucher.gateway.database.Database;
import org.skillvoucher.gateway.device.DerivedCredentials;
import org.skillvoucher.gateway.device.DeviceNames;
import org.skillvoucher.gateway.person.Vault;
import org.skillvoucher.gateway.security.DeploymentKeyedHash;
import org.skillvoucher.gateway.security.IdempotencyKeys;
import org.skillvoucher.gateway.security.Tokens;

/** Tokens, people and keys: everything that knows a secret or a name. */
record SecurityServices(
    DeploymentKeyedHash keyedHash,
    Tokens tokens,
    Vault vault,
    IdempotencyKeys idempotencyKeys,
    DeviceNames deviceNames,
    DerivedCredentials credentials) {
  /** Starts them; a deployment key that is not the vault's stops the start. */
  static SecurityServices start(
      Settings settings,
      Node.Dependencies dependencies,
      Database database,
      ExecutorService blocking) {
    var keyedHash = new DeploymentKeyedHash(dependencies.deploymentKey());
    var tokens = new Tokens(database.pool(), blocking, settings.tokens());
    var vault =
        new Vault(dependencies.deploymentKey(), database.pool(), blocking, settings.vault());
    Node.await(vault.checkKey());
    return new SecurityServices(
        keyedHash,
        tokens,
        vault,
        new IdempotencyKeys(keyedHash, database.pool(), blocking, settings.http().askTimeout()),
        new DeviceNames(keyedHash),
        new DerivedCredentials(
            tokens,
            keyedHash,
            settings.devices().enrolmentCodeLife(),
            settings.devices().tokenLife(),
            dependencies.clock()));
  }
}
