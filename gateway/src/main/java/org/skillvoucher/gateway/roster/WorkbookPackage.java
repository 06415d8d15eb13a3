package org.skillvoucher.gateway.roster;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.skillvoucher.gateway.http.RosterLimits;

/**
 * The parts of a spreadsheet file (OPC package). Only parts that are opened are unpacked, and all
 * of them together within a limit, so that pictures cost nothing and few bytes cannot become many.
 */
final class WorkbookPackage implements AutoCloseable {
  private static final int PARTS_MAX = 10_000;

  /** An unpacked spreadsheet may have as many times the bytes of a roster. */
  private static final long INFLATION_MAX = 8;

  private final ZipFile zip;
  private final RosterLimits limits;
  private final Map<String, ZipArchiveEntry> parts = new HashMap<>();
  private long packedBytes;
  private long inflatedBytes;

  WorkbookPackage(byte[] file, RosterLimits limits) throws IOException {
    this.limits = limits;
    this.zip =
        ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(file)).get();
    for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
      boolean twice = parts.put(key(entry.getName()), entry) != null;
      if (twice || parts.size() > PARTS_MAX) {
        zip.close();
        throw RosterProblems.unreadable();
      }
    }
  }

  /** Part names are compared without case; a few programs write backslashes. */
  private static String key(String name) {
    String path = name.replace('\\', '/').toLowerCase(Locale.ROOT);
    return path.startsWith("/") ? path.substring(1) : path;
  }

  Iterable<String> names() {
    return parts.keySet();
  }

  boolean has(String name) {
    return parts.containsKey(key(name));
  }

  /** A part's XML; empty when there is no such part. */
  Optional<XMLStreamReader> open(String name) throws IOException, XMLStreamException {
    ZipArchiveEntry entry = parts.get(key(name));
    if (entry == null) {
      return Optional.empty();
    }
    packedBytes += Math.max(0, entry.getCompressedSize());
    if (packedBytes > limits.bodyBytesMax()) {
      throw RosterProblems.cellsTooLarge(limits.bodyBytesMax());
    }
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return Optional.of(factory.createXMLStreamReader(new Inflating(zip.getInputStream(entry))));
  }

  private void count(long bytes) {
    inflatedBytes += Math.max(0, bytes);
    long inflatedBytesMax = INFLATION_MAX * limits.bodyBytesMax();
    if (inflatedBytes > inflatedBytesMax) {
      throw RosterProblems.inflatesTooMuch(inflatedBytesMax);
    }
  }

  /** Counts the bytes read: the length an entry declares may be false. */
  private final class Inflating extends FilterInputStream {
    Inflating(InputStream packed) {
      super(packed);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count(read);
      return read;
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
