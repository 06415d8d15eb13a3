package org.skillvoucher.gateway.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.receipt.ReceiptPayload;
import org.skillvoucher.domain.receipt.ReceiptVerification.Valid;

/** The content of a receipt for people, in English and Chinese. */
final class ReceiptText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS xxx")
          .withZone(ZoneId.of("Asia/Shanghai"));

  private ReceiptText() {}

  static List<String> lines(Valid valid, boolean developmentKey) {
    ReceiptPayload payload = valid.payload();
    ReceiptDraft draft = payload.draft();
    List<String> lines = new ArrayList<>();
    lines.add(line("Act", "行为", act(draft.act())));
    lines.add(line("Class/lesson", "班级/课次", draft.place()));
    lines.add(line("Tapped at", "刷卡时间", time(draft.tap().millis())));
    lines.add(line("Issued at", "签发时间", time(draft.issuedAtMillis())));
    lines.add(line("Issuer", "签发机构", payload.issuer()));
    lines.add(line("Receipt", "凭证编号", draft.id()));
    lines.add(line("Sequence", "序号", Long.toString(draft.sequence())));
    lines.add(line("Previous", "前一凭证", draft.previousHash()));
    lines.add(line("Person", "人员承诺值", draft.subject()));
    if (!draft.voucher().isEmpty()) {
      lines.add(line("Voucher", "培训券", draft.voucher()));
    }
    draft.tap().lowMillis().ifPresent(low -> lines.add(line("Not before", "不早于", time(low))));
    draft.tap().highMillis().ifPresent(high -> lines.add(line("Arrived at", "离线上传", time(high))));
    draft
        .device()
        .ifPresent(
            device -> {
              lines.add(line("Device", "设备", device.id() + " #" + device.sequence()));
              lines.add(line("Statement", "设备声明", device.statementHash()));
            });
    lines.add(line("Key", "密钥", valid.record().key() + " " + payload.suite()));
    if (developmentKey) {
      lines.add("  DEVELOPMENT KEY, not for production / 开发密钥，不得用于生产");
    }
    return lines;
  }

  private static String line(String english, String chinese, String value) {
    // A terminal interprets control characters, also signed ones.
    return "  %-13s %s: %s".formatted(english, chinese, value.replaceAll("\\p{C}", "?"));
  }

  private static String act(Act act) {
    return switch (act) {
      case IN -> "sign-in 签到";
      case OUT -> "sign-out 签退";
      case CHECK -> "unannounced check 抽查";
      case REDEEM -> "voucher redeemed 核销";
      case VOID -> "voucher voided 作废";
    };
  }

  private static String time(long epochMillis) {
    return TIME.format(Instant.ofEpochMilli(epochMillis));
  }
}
