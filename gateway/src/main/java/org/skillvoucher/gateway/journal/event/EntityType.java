package org.skillvoucher.gateway.journal.event;

/**
 * The types of entities that write to the journal. A persistence id is the type's name, a bar and
 * the entity's id, as Pekko's sharding spells it.
 */
public enum EntityType {
  VOUCHER("voucher"),
  CLASS("class"),
  INSTITUTION("institution");

  private final String typeName;
  private final String prefix;

  EntityType(String typeName) {
    this.typeName = typeName;
    this.prefix = typeName + "|";
  }

  public String typeName() {
    return typeName;
  }

  public String persistenceId(String id) {
    return prefix + id;
  }

  /**
   * The entity's id.
   *
   * @throws IllegalStateException if it is the persistence id of another type
   */
  public String idOf(String persistenceId) {
    if (!persistenceId.startsWith(prefix)) {
      throw new IllegalStateException(persistenceId + " should begin with " + prefix);
    }
    return persistenceId.substring(prefix.length());
  }
}
