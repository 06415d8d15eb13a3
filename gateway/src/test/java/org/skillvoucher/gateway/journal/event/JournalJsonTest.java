package org.skillvoucher.gateway.journal.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.trainingclass.Roster;
import org.skillvoucher.domain.voucher.VoucherState;

class JournalJsonTest {
  private final ObjectMapper mapper = JournalJson.mapper();

  @Test
  void anIdIsAStringAlsoAsTheKeyOfAMap() throws Exception {
    var map = Map.of(new LessonId("L1"), IdType.CITIZEN_ID);
    String json = mapper.writeValueAsString(map);
    assertEquals("{\"L1\":\"citizen_id\"}", json);
    assertEquals(map, mapper.readValue(json, new TypeReference<Map<LessonId, IdType>>() {}));
  }

  @Test
  void anEmptyOptionalIsAbsentAndAnAbsentOneEmpty() throws Exception {
    var without = new Roster.Entry(Samples.PERSON, true, Optional.empty());
    String json = mapper.writeValueAsString(without);
    assertEquals("{\"person\":\"" + Samples.PERSON + "\",\"enrolled\":true}", json);
    assertEquals(without, mapper.readValue(json, Roster.Entry.class));
    var with = new Roster.Entry(Samples.PERSON, true, Optional.of(new VoucherId("V1")));
    assertEquals(with, mapper.readValue(mapper.writeValueAsString(with), Roster.Entry.class));
  }

  @Test
  void aMemberOfANestedSealedInterfaceHasItsType() throws Exception {
    VoucherState frozen = new VoucherState.Frozen(new VoucherState.Issued(Samples.TERMS), "lost");
    String json = mapper.writerFor(VoucherState.class).writeValueAsString(frozen);
    assertEquals("frozen", mapper.readTree(json).path("type").asText());
    assertEquals("issued", mapper.readTree(json).path("before").path("type").asText());
    assertEquals(frozen, mapper.readValue(json, VoucherState.class));
  }

  @Test
  void nullIsNoValue() {
    assertThrows(
        MismatchedInputException.class,
        () -> mapper.readValue("{\"person\":null}", Roster.Entry.class));
  }
}
