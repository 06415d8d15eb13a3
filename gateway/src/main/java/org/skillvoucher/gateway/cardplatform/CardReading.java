package org.skillvoucher.gateway.cardplatform;

/**
 * The data read off a card. Personal data: never logged, never stored in plain.
 *
 * @param cardIdentificationCode 卡识别码 (aaz501), 32 characters
 * @param socialSecurityNumber 社会保障号码 (aac002)
 * @param cardNumber 卡号 (aaz500)
 * @param name 姓名 (aac003)
 */
public record CardReading(
    String cardIdentificationCode, String socialSecurityNumber, String cardNumber, String name) {
  @Override
  public String toString() {
    return "CardReading";
  }
}
