package org.skillvoucher.gateway.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.skillvoucher.gateway.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vgw config show}: the settings in force, from files, environment and flags. */
@Command(
    name = "config",
    description = "Shows the settings in force.",
    mixinStandardHelpOptions = true)
public final class ConfigCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    java.util.Objects.requireNonNull(spec).commandLine().usage(System.out);
    return 0;
  }

  @Command(
      name = "show",
      description = "Prints every key with its value; secrets are hidden.",
      mixinStandardHelpOptions = true)
  int show(@Mixin SettingsOptions options) {
    Settings.read(options.load())
        .effective()
        .forEach((key, value) -> System.out.println(key + " = " + value));
    return 0;
  }
}
