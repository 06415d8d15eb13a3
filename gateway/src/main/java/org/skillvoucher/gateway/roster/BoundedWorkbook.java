package org.skillvoucher.gateway.roster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.xml.stream.XMLStreamException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.skillvoucher.gateway.http.Code;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.ProblemException;

/**
 * Unpacks a spreadsheet file within limits, checks its parts and packs them anew, so that its
 * reader only gets checked parts. Drawings and themes are not unpacked.
 */
final class BoundedWorkbook {
  private static final int PARTS_MAX = 1000;

  private BoundedWorkbook() {}

  /**
   * Copies the parts that hold the cells.
   *
   * @param inflatedBytesMax limit of their total size after unpacking
   * @throws ProblemException as {@code too_large} or {@code roster_undecodable}
   */
  static byte[] copy(byte[] file, long inflatedBytesMax) {
    var copied = new ByteArrayOutputStream();
    try (var in =
            ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(file)).get();
        var out = new ZipOutputStream(copied)) {
      out.setLevel(Deflater.BEST_SPEED);
      copy(in, out, inflatedBytesMax);
    } catch (WorkbookPart.TooManyCells e) {
      throw new ProblemException(tooManyCells());
    } catch (IOException | XMLStreamException | IllegalArgumentException e) {
      throw new ProblemException(unreadable());
    }
    return copied.toByteArray();
  }

  private static void copy(ZipFile in, ZipOutputStream out, long inflatedBytesMax)
      throws IOException, XMLStreamException {
    long left = inflatedBytesMax;
    Set<String> names = new HashSet<>();
    for (ZipArchiveEntry entry : Collections.list(in.getEntries())) {
      if (isNeeded(entry.getName())) {
        if (!names.add(entry.getName().toLowerCase(Locale.ROOT)) || names.size() > PARTS_MAX) {
          throw new ProblemException(unreadable());
        }
        byte[] part = inflated(in, entry, left + 1);
        left -= part.length;
        if (left < 0) {
          throw new ProblemException(tooLarge(inflatedBytesMax));
        }
        WorkbookPart.check(part);
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(part);
      }
    }
    if (names.isEmpty()) {
      throw new ProblemException(unreadable());
    }
  }

  /** Counts the bytes read: the length an entry declares may be false. */
  private static byte[] inflated(ZipFile in, ZipArchiveEntry entry, long bytesMax)
      throws IOException {
    try (InputStream part = in.getInputStream(entry)) {
      return part.readNBytes((int) Math.min(Integer.MAX_VALUE, bytesMax));
    }
  }

  private static boolean isNeeded(String name) {
    return name.equals("[Content_Types].xml")
        || (name.startsWith("xl/")
            && (name.endsWith(".xml") || name.endsWith(".rels"))
            && !name.startsWith("xl/drawings/")
            && !name.startsWith("xl/theme/"));
  }

  static Problem unreadable() {
    return Problem.of(
        Code.ROSTER_UNDECODABLE,
        "The file cannot be read as a spreadsheet (XLSX). It may be damaged, protected by a"
            + " password, or of the older kind (XLS).",
        "文件无法按 XLSX 表格读取：可能已损坏、设有密码，或为旧版 XLS 格式。");
  }

  private static Problem tooLarge(long inflatedBytesMax) {
    return Problem.of(
            Code.TOO_LARGE,
            "Unpacked, the spreadsheet may have " + inflatedBytesMax + " bytes.",
            "表格解压后最多 " + inflatedBytesMax + " 字节。")
        .with("inflatedBytesMax", inflatedBytesMax);
  }

  private static Problem tooManyCells() {
    return Problem.of(
        Code.TOO_LARGE,
        "The spreadsheet has more cells or longer formulas than a roster needs.",
        "表格的单元格或公式超出名册所需。");
  }
}
