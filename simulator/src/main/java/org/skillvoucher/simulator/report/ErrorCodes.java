package org.skillvoucher.simulator.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Chinese names of the most frequent error codes of responses. */
final class ErrorCodes {
  private static final Map<String, String> CHINESE =
      Map.ofEntries(
          Map.entry("try_again", "请稍后重试"),
          Map.entry("try_again_without_retry_after", "请重试（未注明时间）"),
          Map.entry("timeout", "超时"),
          Map.entry("broken_off", "连接中断"),
          Map.entry("not_connected", "无法连接"),
          Map.entry("device_counter_gap", "计数器缺口"),
          Map.entry("device_counter_stale", "计数器落后"),
          Map.entry("device_counter_fork", "计数器分叉"),
          Map.entry("device_not_trusted", "设备不受信任"),
          Map.entry("device_signature_invalid", "设备签名无效"),
          Map.entry("tap_rate", "签到过快"),
          Map.entry("outside_window", "不在签到时段"),
          Map.entry("sequence_violation", "签到顺序错误"),
          Map.entry("not_enrolled", "不在名册"),
          Map.entry("card_status", "卡状态异常"),
          Map.entry("card_not_authenticated", "卡未认证"),
          Map.entry("clock_skew", "时钟偏差"),
          Map.entry("captured_not_verified", "未核验留存"));

  private ErrorCodes() {}

  /** The codes that occurred, the most frequent first. */
  static List<String> byFrequency(Stream<Map<String, Long>> counts) {
    Map<String, Long> totals = new TreeMap<>();
    counts.forEach(map -> map.forEach((code, count) -> totals.merge(code, count, Long::sum)));
    return totals.entrySet().stream()
        .filter(code -> code.getValue() > 0)
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Empty for a code without a Chinese name. */
  static String chinese(String code) {
    return CHINESE.getOrDefault(code, "");
  }
}
