package org.skillvoucher.gateway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.skillvoucher.gateway.receipt.ReceiptKeys;
import org.skillvoucher.gateway.security.DeploymentKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code vgw keys DIR}: a root, a receipt key and a deployment key as files. The root's private key
 * is discarded: a deployment with a root elsewhere brings its own files instead.
 */
@Command(
    name = "keys",
    description = "Makes receipt keys and a deployment key in a new folder.",
    mixinStandardHelpOptions = true)
public final class KeysCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "The folder, which must not hold keys yet.")
  private @Nullable Path folder;

  @Option(
      names = "--issuer",
      required = true,
      description = "The name in the certificates, such as gw.rsj.example.cn.")
  private @Nullable String issuer;

  @Override
  public Integer call() throws IOException {
    Path target = java.util.Objects.requireNonNull(folder);
    ReceiptKeys.create(
        target, java.util.Objects.requireNonNull(issuer), false, InstantSource.system());
    DeploymentKey.create(target);
    System.out.println("keys made in " + target.toAbsolutePath());
    return 0;
  }
}
