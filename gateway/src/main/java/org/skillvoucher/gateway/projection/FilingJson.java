package org.skillvoucher.gateway.projection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.trainingclass.Filing;

/**
 * A filing and its rules as columns of their own, whole, for the evidence is made of all of it. The
 * form is nobody else's business: the tables can be filled anew from the journal.
 */
public final class FilingJson {
  // Maps in the order of their keys, or tables that are filled anew would differ in their letters.
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private FilingJson() {}

  static String write(Filing filing) {
    return text(filing);
  }

  public static String write(ClassRules rules) {
    return text(rules);
  }

  static Filing filing(String json) {
    return read(json, Filing.class);
  }

  public static ClassRules rules(String json) {
    return read(json, ClassRules.class);
  }

  private static String text(Record value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T read(String json, Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("unreadable " + type.getSimpleName(), e);
    }
  }
}
