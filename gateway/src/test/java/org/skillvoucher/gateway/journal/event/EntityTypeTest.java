package org.skillvoucher.gateway.journal.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.apache.pekko.persistence.typed.PersistenceId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EntityTypeTest {
  @ParameterizedTest
  @EnumSource(EntityType.class)
  void aPersistenceIdIsSpelledAsPekkoSpellsIt(EntityType type) {
    String persistenceId = type.persistenceId("X1");
    assertEquals(PersistenceId.of(type.typeName(), "X1").id(), persistenceId);
    assertEquals("X1", type.idOf(persistenceId));
  }

  @ParameterizedTest
  @EnumSource(EntityType.class)
  void thePersistenceIdOfAnotherTypeIsRefused(EntityType type) {
    assertThrows(IllegalStateException.class, () -> type.idOf("other|X1"));
  }
}
