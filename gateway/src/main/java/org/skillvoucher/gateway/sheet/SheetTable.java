package org.skillvoucher.gateway.sheet;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.gateway.person.People;
import org.skillvoucher.gateway.projection.Views;

/**
 * The attendance sheet (考勤表) as a table for a spreadsheet, a row for each person. Holds personal
 * data: never logged.
 */
public record SheetTable(List<List<SheetCell>> rows) {
  /**
   * One column.
   *
   * @param header in Chinese and English
   * @param characters approximate width
   */
  record SheetColumn(String header, int characters) {}

  private record PersonRow(
      int place,
      ClassId classId,
      Views.ClassSheet sheet,
      AttendanceSheet.Row line,
      Optional<People.Identity> identity) {
    AttendanceSheet.Detail detail() {
      return line.detail();
    }

    Views.Remark remark() {
      return sheet.remark(line.person());
    }

    SheetCell classHours(long minutes) {
      return new SheetCell.Count(
          SheetTable.classHours(minutes, sheet.rules().attendance().classHourMinutes()));
    }
  }

  private record Filled(SheetColumn column, Function<PersonRow, SheetCell> cell) {}

  private static final List<Filled> COLUMNS =
      List.of(
          new Filled(new SheetColumn("序号 no.", 5), row -> SheetCell.Count.of(row.place())),
          new Filled(
              new SheetColumn("姓名 name", 12),
              row -> new SheetCell.TextCell(row.identity().map(People.Identity::name).orElse(""))),
          new Filled(
              new SheetColumn("社会保障号码 number", 20),
              row -> new SheetCell.IdCell(row.identity().map(People.Identity::number).orElse(""))),
          new Filled(
              new SheetColumn("证件类型 idType", 14),
              row ->
                  row.identity()
                      .<SheetCell>map(identity -> word(identity.type()))
                      .orElse(new SheetCell.TextCell(""))),
          number("应到课次 lessons planned", row -> row.sheet().sheet().lessons().size()),
          number("出勤课次 lessons attended", row -> row.line().lessonsAttended()),
          number("未签退课次 lessons without sign-out", row -> row.line().lessonsIncomplete()),
          number("迟到次数 late", row -> row.line().late()),
          number("计划分钟 minutes planned", row -> row.sheet().sheet().minutesPlanned()),
          number("出勤分钟 minutes attended", row -> row.line().minutesAttended()),
          number("理论分钟 theory minutes", row -> row.detail().minutesTheory()),
          number("实操分钟 practice minutes", row -> row.detail().minutesPractice()),
          new Filled(
              new SheetColumn("理论学时 theory class hours", 9),
              row -> row.classHours(row.detail().minutesTheory())),
          new Filled(
              new SheetColumn("实操学时 practice class hours", 9),
              row -> row.classHours(row.detail().minutesPractice())),
          number("出勤率% rate", row -> row.line().percent()),
          number("达标线% threshold", row -> row.sheet().rules().attendance().thresholdPercent()),
          new Filled(
              new SheetColumn("按签到是否达标 reached by scans", 9),
              row -> yesOrNo(row.line().completed())),
          new Filled(
              new SheetColumn("含更正是否达标 reached with corrections", 9),
              row -> yesOrNo(row.line().origin().completedWithCorrections())),
          number("按签到出勤率% rate by scans", row -> row.line().origin().percentByScans()),
          number("本人签到分钟 minutes scanned", row -> row.detail().minutesScanned()),
          number("协助签到分钟 minutes assisted", row -> row.line().origin().minutesAssisted()),
          number("更正分钟 minutes corrected", row -> row.line().origin().minutesCorrected()),
          number("未核验分钟 minutes captured", row -> row.line().origin().minutesCaptured()),
          new Filled(
              new SheetColumn("培训点 sites", 14),
              row -> new SheetCell.IdCell(String.join(" ", row.line().origin().sites()))),
          number("在线核验课次 lessons online", row -> row.detail().lessonsOnline()),
          number("离线补传课次 lessons offline", row -> row.detail().lessonsOffline()),
          number("更正课次 lessons corrected", row -> row.detail().lessonsCorrected()),
          number("待复核更正 corrections pending", row -> row.remark().correctionsPending()),
          number("抽查缺席课次 spot checks missed", row -> row.detail().spotChecksMissed()),
          number("未核验留存 captured", row -> row.remark().captured()),
          number("待处理预警 flags open", row -> row.remark().flagsOpen()),
          number("已确认预警 flags confirmed", row -> row.remark().flagsConfirmed()),
          new Filled(
              new SheetColumn("预警编号 flag ids", 12),
              row -> new SheetCell.IdCell(String.join(" ", row.remark().flagIds()))),
          new Filled(
              new SheetColumn("班级编号 class id", 20),
              row -> new SheetCell.IdCell(row.classId().value())),
          new Filled(
              new SheetColumn("人员代号 person", 46),
              row -> new SheetCell.IdCell(row.line().person().value())));

  private static SheetCell word(IdType type) {
    String chinese =
        switch (type) {
          case CITIZEN_ID -> "居民身份证";
          case RESIDENCE_PERMIT -> "港澳台居民居住证";
          case FOREIGN_PERMANENT_RESIDENCE -> "外国人永久居留身份证";
          case OTHER -> "其他";
        };
    return new SheetCell.WordCell(type.code(), chinese);
  }

  private static Filled number(String header, Function<PersonRow, Number> number) {
    return new Filled(
        new SheetColumn(header, 9), row -> SheetCell.Count.of(number.apply(row).longValue()));
  }

  private static SheetCell yesOrNo(boolean yes) {
    return new SheetCell.TextCell(yes ? "是 yes" : "否 no");
  }

  static List<SheetColumn> columns() {
    return COLUMNS.stream().map(Filled::column).toList();
  }

  /**
   * Fills the table.
   *
   * @param identities those the reader may see, or masked; all others have empty cells
   */
  public static SheetTable of(
      ClassId classId, Views.ClassSheet sheet, Map<PersonPseudonym, People.Identity> identities) {
    List<List<SheetCell>> rows = new ArrayList<>();
    for (AttendanceSheet.Row line : sheet.sheet().rows()) {
      PersonRow row =
          new PersonRow(
              rows.size() + 1,
              classId,
              sheet,
              line,
              Optional.ofNullable(identities.get(line.person())));
      rows.add(COLUMNS.stream().map(filled -> filled.cell().apply(row)).toList());
    }
    return new SheetTable(rows);
  }

  @Override
  public String toString() {
    return "SheetTable of " + rows.size();
  }

  /** Class hours (学时) with one decimal, rounded down: only full tenths are paid. */
  public static BigDecimal classHours(long minutes, int classHourMinutes) {
    return BigDecimal.valueOf(minutes)
        .divide(BigDecimal.valueOf(classHourMinutes), 1, RoundingMode.DOWN);
  }
}
