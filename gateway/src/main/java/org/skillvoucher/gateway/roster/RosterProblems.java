package org.skillvoucher.gateway.roster;

import java.time.Duration;
import org.skillvoucher.gateway.http.Code;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.ProblemException;

/** Why a whole roster file is refused. */
final class RosterProblems {
  private RosterProblems() {}

  static ProblemException undecodable(String en, String zh) {
    return new ProblemException(Problem.of(Code.ROSTER_UNDECODABLE, en, zh));
  }

  static ProblemException unreadable() {
    return undecodable(
        "The file cannot be read as a spreadsheet (XLSX). It may be damaged: open it, save it as"
            + " XLSX or CSV, and send that.",
        "文件无法按 XLSX 表格读取，可能已损坏：请打开后另存为 XLSX 或 CSV 再上传。");
  }

  static ProblemException tooManyRows(int rowsMax) {
    return tooLarge(
        "rowsMax",
        rowsMax,
        "A roster file may have " + rowsMax + " rows.",
        "名册文件最多 " + rowsMax + " 行。");
  }

  static ProblemException tooManyLines(int linesMax) {
    return tooLarge(
        "linesMax",
        linesMax,
        "The file has more than "
            + linesMax
            + " lines, counting empty ones. Delete the empty rows below the people, or"
            + " copy the people into a new file.",
        "文件超过 " + linesMax + " 行（含空行）。请删除名单下方的空行，或将名单复制到新文件。");
  }

  static ProblemException tooManyColumns(int columnsMax) {
    return tooLarge(
        "columnsMax",
        columnsMax,
        "A roster may have " + columnsMax + " columns; a cell beyond them has content.",
        "名册最多 " + columnsMax + " 列，之后的列中仍有内容。");
  }

  static ProblemException inflatesTooMuch(long inflatedBytesMax) {
    return tooLarge(
        "inflatedBytesMax",
        inflatedBytesMax,
        "Unpacked, the spreadsheet may have " + inflatedBytesMax + " bytes without its pictures.",
        "表格解压后（不含图片）最多 " + inflatedBytesMax + " 字节。");
  }

  static ProblemException cellsTooLarge(long bytesMax) {
    return tooLarge(
        "bytesMax",
        bytesMax,
        "Without its pictures, the spreadsheet may have " + bytesMax + " bytes.",
        "表格不含图片最多 " + bytesMax + " 字节。");
  }

  private static ProblemException tooLarge(String limit, Object max, String en, String zh) {
    return new ProblemException(Problem.of(Code.TOO_LARGE, en, zh).with(limit, max));
  }

  static ProblemException tooSlow(Duration deadline) {
    return new ProblemException(
        Problem.of(
            Code.TOO_LARGE,
            "The file cannot be read within "
                + deadline.toSeconds()
                + " seconds. Copy the people into a new file.",
            "文件在 " + deadline.toSeconds() + " 秒内无法读完，请将名单复制到新文件。"));
  }

  static ProblemException digitsLost(int lost, int numbers) {
    return new ProblemException(
        Problem.of(
                Code.ROSTER_DIGITS_LOST,
                lost
                    + " of "
                    + numbers
                    + " id numbers end in 000: a spreadsheet program kept them as numbers, which"
                    + " have 15 digits, and wrote zeros for the last three. Nobody was enrolled."
                    + " Format the column as text, fill in the numbers again from the source, and"
                    + " save. A single number that really ends in 000 is taken together with the"
                    + " other people of the roster.",
                numbers
                    + " 个身份证号码中有 "
                    + lost
                    + " 个末三位为 000：表格软件按数值保存，仅保留 15 位，末三位被改成了 0。"
                    + "本次未导入任何人员。请将该列设为文本格式，按原始资料重新填写后保存。"
                    + "确以 000 结尾的个别号码，请与名册其他人员一并上传。")
            .with("numbersEndingInZeros", lost)
            .with("numbers", numbers));
  }
}
