package org.skillvoucher.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypedCodeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "KQ3B-QVV4-H61P-081X",
        "kq3b-qvv4-h61p-081x",
        "KQ3BQVV4H61P081X",
        "kq3b qvv4 h61p 081x",
        " kq3b - qvv4\u3000h61p\u2014081x ",
        "ＫＱ３Ｂ－ＱＶＶ４－Ｈ６１Ｐ－０８１Ｘ",
        "ｋｑ３ｂｑｖｖ４ｈ６１ｐ０８１ｘ",
        "kq3b-qvv4-h6lp-o8ix"
      })
  void aCodeIsReadHoweverItIsTyped(String typed) {
    assertEquals(Optional.of("KQ3B-QVV4-H61P-081X"), TypedCode.read(typed));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "KQ3B-QVV4-H61P-081",
        "KQ3B-QVV4-H61P-081XX",
        "KQ3B-QVV4-H61P-081U",
        "vgw_abc"
      })
  void anotherTextIsNone(String typed) {
    assertEquals(Optional.empty(), TypedCode.read(typed));
  }
}
