package org.skillvoucher.gateway.cardplatform;

import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How to reach the card platform in profile {@code gm}.
 *
 * @param url http or https, without query; the operation's path is added to it
 * @param accessKey our name with the platform
 * @param secret signs requests; never printed
 * @param envelopeKeyHex the SM4 key of both directions' bodies, 32 hexadecimal digits; never
 *     printed
 * @param timeout from sending to the whole answer
 * @param inFlightMax requests in flight; above it, requests are shed as if unanswered
 */
public record PlatformSettings(
    URI url,
    String accessKey,
    String secret,
    String envelopeKeyHex,
    Duration timeout,
    int inFlightMax) {
  private static final Pattern KEY = Pattern.compile("[0-9A-Fa-f]{32}");
  private static final Pattern HEADER = Pattern.compile("[\\x21-\\x7e]{1,128}");

  public PlatformSettings {
    boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!web || url.getHost() == null || url.getQuery() != null || url.getFragment() != null) {
      throw new IllegalArgumentException("url is http(s)://host[:port][/path], without query");
    }
    if (!HEADER.matcher(accessKey).matches()) {
      throw new IllegalArgumentException("access-key is 1 to 128 visible ASCII characters");
    }
    if (secret.isBlank()) {
      throw new IllegalArgumentException("secret is missing");
    }
    if (!KEY.matcher(envelopeKeyHex).matches()) {
      throw new IllegalArgumentException("envelope-key is 32 hexadecimal digits");
    }
    if (!timeout.isPositive() || timeout.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException("timeout is over 0 and at most 60 seconds");
    }
    if (inFlightMax < 1) {
      throw new IllegalArgumentException("in-flight-max is at least 1");
    }
  }

  @Override
  public String toString() {
    return "PlatformSettings[url=" + url + ", accessKey=" + accessKey + "]";
  }
}
