package org.skillvoucher.gateway.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.skillvoucher.domain.canonical.Base64Url;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.Parsed;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.ReceivedStatement;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.gateway.device.DeviceSignatures;
import org.skillvoucher.gateway.http.Fields;
import org.skillvoucher.gateway.http.ProblemException;
import org.skillvoucher.gateway.scan.Attempt;
import org.skillvoucher.gateway.scan.Attempt.Presented;

/**
 * A scan as a device sends it: what the person presented, the device's statement and its signature.
 * Personal data: never logged.
 *
 * @param committed whether the statement's commitment matches what was presented
 */
record ScanRequest(
    ClassId classId,
    LessonId lesson,
    Act act,
    DeviceStatement statement,
    Presented presented,
    boolean committed) {
  static final Map<String, Act> ACTS = Map.of("in", Act.IN, "out", Act.OUT, "check", Act.CHECK);

  private static final long INTEGER_MAX = (1L << 53) - 1;
  private static final int TOKEN_CHARACTERS_MAX = 600;
  private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final int BASE64URL_CHARACTERS_MAX = 200;
  private static final Map<String, DeviceSuite> TYPES =
      Arrays.stream(DeviceSuite.values())
          .collect(Collectors.toUnmodifiableMap(DeviceSuite::type, Function.identity()));
  private static final String[] STATEMENT = {
    "$t", "act", "cls", "crd", "ctr", "dev", "ep", "lb", "mono", "non", "ph", "t"
  };

  @Override
  public String toString() {
    return "ScanRequest";
  }

  /**
   * The attempt to decide, under the statement's own key.
   *
   * @param key the scan key
   * @throws ProblemException when the statement's commitment does not match what was presented
   */
  Attempt attempt(CreditCode institution, Scan.Fingerprint key, DerivedIds ids) {
    if (!committed) {
      throw new ProblemException(ScanProblems.signatureInvalid());
    }
    return new Attempt(
        classId,
        institution,
        new ReceivedStatement(lesson, act, key, ids.statement(this), statement),
        presented,
        ids.statementKey(this));
  }

  static ScanRequest read(ObjectNode body, PresentedReader reader) {
    Fields in = Fields.of(body, "presented", "statement", "signature");
    Optional<Presented> presented =
        in.object("presented", PresentedReader.membersOf(body.path("presented")))
            .flatMap(reader::read);
    Optional<String> signature = in.value("signature", ScanRequest::base64url);
    Optional<StatementMembers> statement =
        in.object("statement", STATEMENT)
            .flatMap(fields -> statement(fields, signature.orElse("")));
    in.refuseIfFaulty();
    StatementMembers read = statement.orElseThrow();
    byte[] shown = PresentedReader.canonical((ObjectNode) body.get("presented"));
    return new ScanRequest(
        read.classId(),
        read.lesson(),
        read.act(),
        read.signed(),
        presented.orElseThrow(),
        read.signed().cardCommitment().equals(DeviceSignatures.hashText(read.suite(), shown)));
  }

  private record StatementMembers(
      DeviceSuite suite, ClassId classId, LessonId lesson, Act act, DeviceStatement signed) {}

  private record LessonPlace(ClassId classId, LessonId lesson) {}

  private static Optional<StatementMembers> statement(Fields in, String signature) {
    var suite = in.oneOf("$t", TYPES);
    var act = in.oneOf("act", ACTS);
    var place = in.value("cls", ScanRequest::placeOf);
    var device = in.value("dev", ScanRequest::deviceName);
    OptionalLong counter = in.integer("ctr", 1, INTEGER_MAX);
    OptionalLong epoch = in.integer("ep", 0, INTEGER_MAX);
    OptionalLong monotonic = in.integer("mono", 0, INTEGER_MAX);
    OptionalLong tappedAt = in.integer("t", 0, INTEGER_MAX);
    var beacon = in.anyText("lb", TOKEN_CHARACTERS_MAX);
    var nonce = in.anyText("non", TOKEN_CHARACTERS_MAX);
    var commitment = in.value("crd", ScanRequest::base64url);
    var previous = in.value("ph", ScanRequest::base64url);
    if (suite.isEmpty()
        || act.isEmpty()
        || place.isEmpty()
        || device.isEmpty()
        || tappedAt.isEmpty()) {
      return Optional.empty();
    }
    DeviceStatement read =
        new DeviceStatement(
            device.get(),
            counter.orElse(0),
            epoch.orElse(0),
            Instant.ofEpochMilli(tappedAt.getAsLong()),
            monotonic.orElse(0),
            beacon.orElse(""),
            nonce.orElse(""),
            commitment.orElse(""),
            previous.orElse(""),
            signature,
            Optional.empty());
    String where = place.get().classId() + "/" + place.get().lesson();
    String hash =
        DeviceSignatures.hashText(suite.get(), read.canonical(suite.get(), act.get(), where));
    return Optional.of(
        new StatementMembers(
            suite.get(),
            place.get().classId(),
            place.get().lesson(),
            act.get(),
            read.signedWith(new DeviceStatement.Signed(suite.get(), hash))));
  }

  private static Parsed<String> base64url(String text) {
    int length = text.length();
    boolean whole = length > 0 && length <= BASE64URL_CHARACTERS_MAX && length % 4 != 1;
    return whole && Base64Url.isIn(text)
        ? Parsed.valid(text)
        : Parsed.invalid("base64url", "must be base64url without padding");
  }

  static Parsed<String> deviceName(String text) {
    return DEVICE.matcher(text).matches()
        ? Parsed.valid(text)
        : Parsed.invalid("device", "1 to 64 of A-Z a-z 0-9 . _ - beginning with a letter or digit");
  }

  private static Parsed<LessonPlace> placeOf(String text) {
    int slash = text.indexOf('/');
    if (slash > 0
        && ClassId.parse(text.substring(0, slash)) instanceof Parsed.Valid<ClassId>(var classId)
        && LessonId.parse(text.substring(slash + 1))
            instanceof Parsed.Valid<LessonId>(var lesson)) {
      return Parsed.valid(new LessonPlace(classId, lesson));
    }
    return Parsed.invalid("cls", "must be the class of the address, a slash and a lesson");
  }
}
