package org.skillvoucher.gateway.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.skillvoucher.domain.canonical.CanonicalJson;
import org.skillvoucher.domain.receipt.ReceiptVerification;
import org.skillvoucher.domain.receipt.ReceiptVerification.Invalid;
import org.skillvoucher.domain.receipt.ReceiptVerification.Valid;
import org.skillvoucher.domain.receipt.ReceiptVerifier;
import org.skillvoucher.gateway.receipt.CertificateRing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vgw verify}: verifies receipts offline, from nothing but files. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Verifies receipts offline against certificates in a folder.",
      "离线验证凭证，仅依据目录中的证书。"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all receipts are valid",
      "1:a receipt is invalid",
      "2:usage, a file that cannot be read, or no certificates"
    })
public final class VerifyCommand implements Callable<Integer> {
  private static final int VALID = 0;
  private static final int INVALID = 1;
  private static final int CANNOT_TELL = 2;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "a record (.vtr), or a reply of the gateway: {\"receipt\": \"...\"}")
  private final List<Path> files = new ArrayList<>();

  @Option(
      names = "--keys",
      required = true,
      paramLabel = "DIR",
      description = "folder of trusted certificates (*.pem), such as GET /v1/keys gives")
  private Path keys = Path.of("");

  @Option(names = "--json", description = "one line of JSON for each file")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    CertificateRing ring;
    try {
      ring = CertificateRing.of(keys);
    } catch (IllegalStateException e) {
      err.println("vgw verify: " + e.getMessage());
      return CANNOT_TELL;
    }
    int worst = VALID;
    for (Path file : files) {
      int result;
      try {
        result = verify(file, ring, out);
      } catch (IOException e) {
        String reason = Files.isRegularFile(file) ? "cannot be read" : "is not there";
        err.println("vgw verify: the file " + file + " " + reason);
        result = CANNOT_TELL;
      }
      worst = Math.max(worst, result);
    }
    out.flush();
    return worst;
  }

  private int verify(Path file, CertificateRing ring, PrintWriter out) throws IOException {
    ReceiptVerification verification = ReceiptVerifier.verify(ReceiptFile.record(file), ring);
    if (json) {
      out.println(CanonicalJson.write(asJson(file, verification, ring)));
    } else {
      asText(file, verification, ring).forEach(out::println);
    }
    return switch (verification) {
      case Valid _ -> VALID;
      case Invalid _ -> INVALID;
    };
  }

  private static List<String> asText(
      Path file, ReceiptVerification verification, CertificateRing ring) {
    List<String> lines = new ArrayList<>();
    switch (verification) {
      case Valid valid -> {
        lines.add(file + ": valid 有效");
        lines.addAll(ReceiptText.lines(valid, isDevelopment(valid, ring)));
      }
      case Invalid(var flaw) -> {
        lines.add(file + ": invalid: " + flaw.code());
        lines.add("  " + flaw.english() + " / " + flaw.chinese());
      }
    }
    return lines;
  }

  private static Map<String, Object> asJson(
      Path file, ReceiptVerification verification, CertificateRing ring) {
    Map<String, Object> line = new TreeMap<>();
    line.put("file", file.toString());
    switch (verification) {
      case Valid valid -> {
        line.put("valid", true);
        line.put("payload", valid.payload().members());
        line.put("kid", valid.record().key().toString());
        line.put("developmentKey", isDevelopment(valid, ring));
      }
      case Invalid(var flaw) -> {
        line.put("valid", false);
        line.put("code", flaw.code());
        line.put("detail", flaw.english());
      }
    }
    return line;
  }

  private static boolean isDevelopment(Valid valid, CertificateRing ring) {
    return ring.trusted(valid.record().suite(), valid.record().key())
        .map(CertificateRing.TrustedKey::isDevelopment)
        .orElse(false);
  }
}
