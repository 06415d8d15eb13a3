package org.skillvoucher.gateway.development;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The account that PostgreSQL's programs run under.
 *
 * <p>PostgreSQL refuses root. An ordinary user runs it directly. For root there are two ways,
 * neither of which needs a new account, and both of which reach a folder below one that only root
 * may enter, for example a checkout below /root: a user namespace, in which the process is nobody
 * while the files stay root's; or, where namespaces are forbidden (most containers) or another user
 * owns the folder, the owner's id with the capability dac_override alone.
 *
 * @param prefix put before each command
 * @param owner the user id the files belong to
 */
record PostgresAccount(List<String> prefix, long owner) {
  private static final long NOBODY = 65_534;
  private static final List<String> NAMESPACE = List.of("unshare", "-U");

  /** The account for the data of this folder. */
  static PostgresAccount of(Path folder) throws IOException {
    long owner = uidOf(folder);
    if (!weAreRoot()) {
      if (owner != ourUid()) {
        throw new CannotStart(
            "The data folder %s belongs to another user; start as that user, or take another folder"
                .formatted(folder));
      }
      return new PostgresAccount(List.of(), owner);
    }
    if (owner == 0 && works(NAMESPACE)) {
      return new PostgresAccount(NAMESPACE, 0);
    }
    long user = owner == 0 ? NOBODY : owner;
    List<String> as =
        List.of(
            "setpriv",
            "--reuid=" + user,
            "--regid=" + user,
            "--clear-groups",
            "--inh-caps=+dac_override",
            "--ambient-caps=+dac_override");
    if (!works(as)) {
      throw new CannotStart(
          "PostgreSQL does not run as root, and neither unshare nor setpriv can set root aside"
              + " here: start as an ordinary user");
    }
    return new PostgresAccount(as, user);
  }

  private static boolean works(List<String> prefix) {
    List<String> command = new ArrayList<>(prefix);
    command.add("true");
    return Commands.run(command).succeeded();
  }

  List<String> command(String program, List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(program);
    command.addAll(arguments);
    return command;
  }

  /**
   * Changes the owner of everything below the path to the account; only root can, and only root
   * needs to.
   */
  void give(Path path) throws IOException {
    if (!weAreRoot() || uidOf(path) == owner) {
      return;
    }
    try (var below = Files.walk(path)) {
      for (Path file : below.toList()) {
        Files.setAttribute(file, "unix:uid", (int) owner, java.nio.file.LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  static boolean weAreRoot() {
    return ourUid() == 0;
  }

  static long ourUid() {
    return new UnixSystem().getUid();
  }

  static long uidOf(Path path) {
    try {
      return ((Number) Files.getAttribute(path, "unix:uid")).longValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
