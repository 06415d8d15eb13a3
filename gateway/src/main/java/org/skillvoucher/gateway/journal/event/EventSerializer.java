package org.skillvoucher.gateway.journal.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.Optional;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.skillvoucher.domain.trainingclass.ClassEvent;

/**
 * Serialises events as JSON under the names of {@link EventNames}. Pekko creates it by its name in
 * the configuration.
 */
public final class EventSerializer extends SerializerWithStringManifest {
  /** Stored in every row of the journal, so it never changes. */
  public static final int IDENTIFIER = 4200;

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object event) {
    return EventNames.nameOf(event);
  }

  @Override
  public byte[] toBinary(Object event) {
    EventNames.nameOf(event); // what has no name must not be written
    try {
      return JournalJson.mapper().writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + event.getClass().getName(), e);
    }
  }

  @Override
  public Object fromBinary(byte[] bytes, String name) throws NotSerializableException {
    return read(name, bytes);
  }

  /**
   * The event stored under a name.
   *
   * @throws NotSerializableException naming the event that cannot be read
   */
  static Object read(String name, byte[] bytes) throws NotSerializableException {
    Class<?> type =
        EventNames.typeOf(name)
            .orElseThrow(
                () -> new NotSerializableException("no event of this version is called " + name));
    Optional<ClassEvent.Attended> attended =
        type == ClassEvent.Attended.class ? AttendedEventDecoder.read(bytes) : Optional.empty();
    if (attended.isPresent()) {
      return attended.get();
    }
    try {
      return JournalJson.mapper().readValue(bytes, type);
    } catch (IOException e) {
      var unreadable = new NotSerializableException("an event called " + name + " is unreadable");
      unreadable.initCause(e);
      throw unreadable;
    }
  }
}
