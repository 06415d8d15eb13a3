package org.skillvoucher.gateway.receipt;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/** Certificates and keys as text. */
final class PemFiles {
  /** The suffix of a private key's file; readers of certificates do not open it. */
  static final String PRIVATE_KEY_ENDING = ".key.pem";

  static final String CERTIFICATE = "CERTIFICATE";
  static final String PRIVATE_KEY = "PRIVATE KEY";

  private PemFiles() {}

  /**
   * All certificates in the folder's {@code *.pem}, by file name, except the private keys' files.
   */
  static List<X509CertificateHolder> certificatesIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalStateException("there is no folder " + folder);
    }
    List<X509CertificateHolder> certificates = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = file.toString();
        if (name.endsWith(".pem") && !name.endsWith(PRIVATE_KEY_ENDING)) {
          certificates.addAll(certificatesOf(file));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the folder " + folder + " cannot be read", e);
    }
    return certificates;
  }

  static List<X509CertificateHolder> certificatesOf(Path file) {
    try {
      return certificatesOf(Files.readString(file));
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException("no certificates can be read from " + file, e);
    }
  }

  static List<X509CertificateHolder> certificatesOf(String pem) throws IOException {
    List<X509CertificateHolder> certificates = new ArrayList<>();
    for (PemObject part : parts(pem)) {
      if (part.getType().equals(CERTIFICATE)) {
        certificates.add(new X509CertificateHolder(part.getContent()));
      }
    }
    return certificates;
  }

  /**
   * The parts of a text, however an editor saved it: with a byte order mark, other line ends, or
   * blanks around its lines.
   */
  static List<PemObject> parts(String pem) throws IOException {
    String lines =
        pem.lines()
            .map(line -> line.replace("\uFEFF", "").strip())
            .collect(Collectors.joining("\n", "", "\n"));
    List<PemObject> parts = new ArrayList<>();
    try (PemReader reader = new PemReader(new StringReader(lines))) {
      for (var part = reader.readPemObject(); part != null; part = reader.readPemObject()) {
        parts.add(part);
      }
    } catch (RuntimeException e) {
      // The library throws many kinds at text that is almost PEM.
      throw new IOException("not PEM", e);
    }
    return parts;
  }

  static String pem(String type, byte[] der) throws IOException {
    StringWriter out = new StringWriter();
    try (PemWriter writer = new PemWriter(out)) {
      writer.writeObject(new PemObject(type, der));
    }
    return out.toString().replace("\r\n", "\n");
  }
}
