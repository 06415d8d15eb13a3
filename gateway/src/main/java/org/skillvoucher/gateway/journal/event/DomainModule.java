package org.skillvoucher.gateway.journal.event;

import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import java.util.HexFormat;
import java.util.List;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.scan.Scan.Fingerprint;
import org.skillvoucher.domain.trainingclass.Roster;
import org.skillvoucher.domain.trainingclass.Timetable;

/**
 * The Jackson module of the journal and of the messages between nodes: the shapes of the domain,
 * and its few types that are no plain records. Pekko creates it by its name in the configuration.
 */
final class DomainModule extends SimpleModule {
  DomainModule() {
    super("domain");
    both(Fingerprint.class, new FingerprintToHex(), new HexToFingerprint());
    both(Roster.class, new RosterToLines(), new LinesToRoster());
    both(Timetable.class, new TimetableToLessons(), new LessonsToTimetable());
  }

  @Override
  public void setupModule(SetupContext context) {
    super.setupModule(context);
    context.insertAnnotationIntrospector(new DomainShapes());
  }

  /** Writes a type as another one and reads it back by the same way. */
  private <T, W> void both(Class<T> type, StdConverter<T, W> write, StdConverter<W, T> read) {
    addSerializer(type, new StdDelegatingSerializer(type, write));
    addDeserializer(type, new StdDelegatingDeserializer<>(read));
  }

  // Jackson finds the types of a converter by its class, so none is a lambda.

  private static final class FingerprintToHex extends StdConverter<Fingerprint, String> {
    @Override
    public String convert(Fingerprint fingerprint) {
      return HexFormat.of().toHexDigits(fingerprint.bits());
    }
  }

  private static final class HexToFingerprint extends StdConverter<String, Fingerprint> {
    @Override
    public Fingerprint convert(String hex) {
      return new Fingerprint(HexFormat.fromHexDigitsToLong(hex));
    }
  }

  private static final class RosterToLines extends StdConverter<Roster, List<Roster.Entry>> {
    @Override
    public List<Roster.Entry> convert(Roster roster) {
      return roster.entries();
    }
  }

  private static final class LinesToRoster extends StdConverter<List<Roster.Entry>, Roster> {
    @Override
    public Roster convert(List<Roster.Entry> lines) {
      return Roster.of(lines);
    }
  }

  private static final class TimetableToLessons extends StdConverter<Timetable, List<Lesson>> {
    @Override
    public List<Lesson> convert(Timetable timetable) {
      return timetable.lessons();
    }
  }

  private static final class LessonsToTimetable extends StdConverter<List<Lesson>, Timetable> {
    @Override
    public Timetable convert(List<Lesson> lessons) {
      return Timetable.of(lessons);
    }
  }
}
