package org.skillvoucher.gateway.journal.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/**
 * The JSON form of events, readable in the journal with psql. An unknown member is ignored, because
 * a newer version may have added it; a missing member fails, unless it is optional.
 */
public final class JournalJson {
  private static final ObjectMapper MAPPER = configured(JsonMapper.builder());

  private JournalJson() {}

  /** The same for another binary form of JSON. */
  public static ObjectMapper configured(MapperBuilder<?, ?> builder) {
    return builder
        .addModules(new Jdk8Module(), new JavaTimeModule(), new DomainModule())
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS) // a state may have no members
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }

  static ObjectMapper mapper() {
    return MAPPER;
  }
}
