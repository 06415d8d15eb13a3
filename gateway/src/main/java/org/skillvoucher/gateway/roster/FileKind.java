package org.skillvoucher.gateway.roster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.util.Locale;

/** Recognises files that are no roster but are often sent as one, and says how to save them. */
final class FileKind {
  private static final String ZIP = "PK\u0003\u0004";
  private static final String OLE = "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1";
  private static final String ENCRYPTED =
      new String("EncryptedPackage".getBytes(UTF_16LE), ISO_8859_1);
  private static final int HEAD_BYTES = 512;

  private FileKind() {}

  /**
   * Refuses a file that says by its first bytes that it is something else than its media type says.
   *
   * @throws org.skillvoucher.gateway.http.ProblemException as {@code roster_undecodable}
   */
  static void check(byte[] file, boolean spreadsheet) {
    String head = text(file, Math.min(file.length, HEAD_BYTES));
    if (head.startsWith(OLE)) {
      throw ole(file);
    }
    if (head.startsWith("%PDF")) {
      throw RosterProblems.undecodable(
          "This is a PDF file. Send the roster as XLSX or CSV.", "这是 PDF 文件，请上传 XLSX 或 CSV 格式的名册。");
    }
    String markup = head.replaceFirst("^\u00EF\u00BB\u00BF", "").strip().toLowerCase(Locale.ROOT);
    if (markup.startsWith("<")) {
      throw RosterProblems.undecodable(
          "This is a web page or XML, whatever its name. Open it in a spreadsheet program, save it"
              + " as XLSX or CSV, and send that.",
          "这是网页或 XML 文件（无论扩展名为何）。请用表格软件打开，另存为 XLSX 或 CSV 后上传。");
    }
    if (!spreadsheet && head.startsWith(ZIP)) {
      throw RosterProblems.undecodable(
          "This is a spreadsheet file, not CSV. Send it with the content type of XLSX.",
          "这是电子表格文件而非 CSV，请按 XLSX 的内容类型上传。");
    }
    if (spreadsheet && !head.startsWith("PK")) {
      throw RosterProblems.undecodable(
          "This is no XLSX file. Text is sent as text/csv; another format is opened in a"
              + " spreadsheet program and saved as XLSX.",
          "这不是 XLSX 文件。文本请按 text/csv 上传；其他格式请用表格软件打开并另存为 XLSX。");
    }
  }

  private static RuntimeException ole(byte[] file) {
    return text(file, file.length).contains(ENCRYPTED)
        ? RosterProblems.undecodable(
            "The spreadsheet is protected by a password. Save it without one.",
            "表格设有打开密码，请取消密码后另存再上传。")
        : RosterProblems.undecodable(
            "This is a spreadsheet of the older kind (XLS). Save it as XLSX or CSV.",
            "这是旧版 XLS 表格，请另存为 XLSX 或 CSV 后上传。");
  }

  /** A zip file without the workbook of XLSX. */
  static RuntimeException ofPackage(Iterable<String> parts) {
    for (String part : parts) {
      if (part.endsWith("xl/workbook.bin")) {
        return RosterProblems.undecodable(
            "This is a binary workbook (XLSB). Save it as XLSX or CSV.",
            "这是二进制工作簿 XLSB，请另存为 XLSX 或 CSV 后上传。");
      }
      if (part.equals("content.xml")) {
        return RosterProblems.undecodable(
            "This is an OpenDocument file (ODS). Save it as XLSX or CSV.",
            "这是 OpenDocument 表格（ODS），请另存为 XLSX 或 CSV 后上传。");
      }
      if (part.endsWith(".iwa")) {
        return RosterProblems.undecodable(
            "This is a file of Apple Numbers. Export it as XLSX or CSV.",
            "这是 Apple Numbers 文件，请导出为 XLSX 或 CSV 后上传。");
      }
      if (part.startsWith("word/")) {
        return RosterProblems.undecodable(
            "This is a text document (DOCX). Copy its table into a spreadsheet and save that as"
                + " XLSX.",
            "这是 Word 文档，请将表格复制到电子表格中并另存为 XLSX 后上传。");
      }
    }
    return RosterProblems.unreadable();
  }

  private static String text(byte[] file, int length) {
    return new String(file, 0, length, ISO_8859_1);
  }
}
