package org.skillvoucher.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.gateway.security.Caller.Scope;

class ScopeTest {
  @Test
  void aScopeIsReadAsItWasWritten() {
    for (Scope scope :
        List.of(
            new Scope.Everywhere(),
            new Scope.InRegion(new RegionCode("990100")),
            new Scope.OfInstitution(new CreditCode("52990101MA00XY0180")))) {
      assertEquals(scope, Scope.parse(scope.text()));
      assertEquals(scope, Scope.of(scope.kind(), scope.value()));
    }
  }

  @Test
  void aScopeIsWrittenForPeopleToo() {
    assertEquals("everywhere", new Scope.Everywhere().text());
    assertEquals("region:990000", new Scope.InRegion(new RegionCode("990000")).text());
  }

  @Test
  void whatIsNoScopeIsRefused() {
    for (String text :
        List.of(
            "",
            "region",
            "region:",
            "region:99",
            "institution:",
            "institution: ",
            "planet:1",
            "everywhere:990000",
            "Everywhere")) {
      assertThrows(IllegalArgumentException.class, () -> Scope.parse(text), text);
    }
  }

  @Test
  void rolesAreFoundByTheirCodes() {
    for (Role role : Role.values()) {
      assertEquals(Optional.of(role), Role.ofCode(role.code()));
    }
    assertEquals(Optional.empty(), Role.ofCode("DEVICE"));
  }
}
