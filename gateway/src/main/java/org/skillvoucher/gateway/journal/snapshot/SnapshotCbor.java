package org.skillvoucher.gateway.journal.snapshot;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import org.skillvoucher.gateway.journal.event.JournalJson;

/** Snapshots as CBOR, at half the cost of JSON. */
final class SnapshotCbor {
  /** With string references (CBOR tags 25 and 256), because the same people recur in one state. */
  private static final ObjectMapper MAPPER =
      JournalJson.configured(CBORMapper.builder().enable(CBORGenerator.Feature.STRINGREF));

  private SnapshotCbor() {}

  static ObjectMapper mapper() {
    return MAPPER;
  }

  /** {@code Versioned<S>} for the state of one aggregate. */
  static JavaType versioned(Class<?> state) {
    return MAPPER.getTypeFactory().constructParametricType(Versioned.class, state);
  }
}
