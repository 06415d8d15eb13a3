package org.skillvoucher.gateway.development;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What start-dev prints once it is ready: addresses, and what to try next.
 *
 * @param version of the gateway
 * @param api address of the API, without a path
 * @param management address of health and metrics
 * @param platform address of the card platform, a stub by default
 * @param downstream address of the downstream system, a stub by default
 * @param data folder of the data
 * @param kept whether the data is retained after this run
 * @param zone of this JVM; business dates are always in Asia/Shanghai
 */
public record Banner(
    String version,
    String api,
    String management,
    String platform,
    String downstream,
    Path data,
    boolean kept,
    ZoneId zone) {

  /** Lines for a terminal, the last one ended. */
  public String text() {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("API documentation", api + "/docs");
    lines.put("API", api + "/v1");
    lines.put("card platform", platform);
    lines.put("downstream", downstream);
    lines.put("health", management + "/health/ready");
    lines.put("metrics", management + "/metrics");
    lines.put(
        "data", data + (kept ? "  (kept; --ephemeral discards)" : "  (discarded at the end)"));
    lines.put("time zone", zone.getId() + "  (business dates: Asia/Shanghai)");
    lines.put("try next", "./vgw demo");
    int width = lines.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
    StringBuilder text = new StringBuilder();
    text.append("Skill Voucher Gateway ").append(version);
    text.append("  --  dev mode, not for production\n\n");
    lines.forEach((name, value) -> line(text, width, name, value));
    line(text, width, "", "curl " + api + "/v1/keys");
    return text.toString();
  }

  private static void line(StringBuilder text, int width, String name, String value) {
    text.append("  ").append(name).append(" ".repeat(width - name.length()));
    text.append(value).append('\n');
  }
}
