package org.skillvoucher.gateway.http;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.util.ByteString;

/** Reads a request's body, after checking its media type and within a size limit. */
public final class BodyReader {
  /**
   * The declared type of the body.
   *
   * @param mediaType in lower case; empty where none matters
   * @param charset in lower case; empty where none was declared or none matters
   */
  public record Type(String mediaType, Optional<String> charset) {
    private static final Type ANY = new Type("", Optional.empty());
  }

  private static final Set<String> CSV_CHARSETS =
      Set.of("utf-8", "gb18030", "gbk", "gb2312", "utf-16", "utf-16le", "utf-16be");

  private BodyReader() {}

  /**
   * Checks the body's type before a byte of it is read.
   *
   * @throws ProblemException as {@code unsupported_media_type}
   */
  static Type checkType(HttpRequest request, Endpoint.Body expected) {
    boolean encoded =
        request
            .getHeader("Content-Encoding")
            .filter(header -> !header.value().equalsIgnoreCase("identity"))
            .isPresent();
    if (encoded && expected != Endpoint.Body.IGNORED) {
      throw unsupported("Send the body as it is, without Content-Encoding.", "请求体不支持压缩编码。");
    }
    ContentType type = request.entity().getContentType();
    String mediaType =
        (type.mediaType().mainType() + "/" + type.mediaType().subType()).toLowerCase(Locale.ROOT);
    return switch (expected) {
      case IGNORED -> Type.ANY;
      case NOTHING -> {
        if (!request.entity().isKnownEmpty()) {
          checkJson(type, mediaType);
        }
        yield Type.ANY;
      }
      case JSON, BATCH -> {
        checkJson(type, mediaType);
        yield Type.ANY;
      }
      case ROSTER -> {
        if (mediaType.equals(MediaTypes.XLSX)) {
          yield new Type(mediaType, Optional.empty());
        }
        if (!mediaType.equals(MediaTypes.CSV)) {
          throw unsupported(
              "This route takes text/csv and " + MediaTypes.XLSX + ".",
              "此地址接受 text/csv 和 " + MediaTypes.XLSX + "。");
        }
        yield new Type(
            mediaType, type.getCharsetOption().map(charset -> csvCharset(charset.value())));
      }
    };
  }

  private static void checkJson(ContentType type, String mediaType) {
    if (!mediaType.equals(Reply.JSON)) {
      throw unsupported("This route takes application/json.", "此地址接受 application/json。");
    }
    if (type.getCharsetOption().filter(charset -> !isUtf8(charset.value())).isPresent()) {
      throw unsupported("JSON is sent in utf-8.", "JSON 的字符集应为 utf-8。");
    }
  }

  private static boolean isUtf8(String charset) {
    return charset.equalsIgnoreCase("utf-8");
  }

  private static String csvCharset(String declared) {
    String charset = declared.toLowerCase(Locale.ROOT);
    if (!CSV_CHARSETS.contains(charset)) {
      throw unsupported(
          "A roster's character set is utf-8, gb18030, gbk or utf-16.",
          "名册的字符集应为 utf-8、gb18030、gbk 或 utf-16。");
    }
    return charset;
  }

  private static ProblemException unsupported(String en, String zh) {
    return new ProblemException(Problem.of(Code.UNSUPPORTED_MEDIA_TYPE, en, zh));
  }

  /** Only a spreadsheet may have pictures, which its reader leaves packed. */
  private static boolean isSpreadsheet(Exchange exchange) {
    return !exchange
        .request()
        .entity()
        .getContentType()
        .mediaType()
        .toString()
        .toLowerCase(Locale.ROOT)
        .startsWith(MediaTypes.CSV);
  }

  static CompletionStage<ByteString> bytes(
      Exchange exchange, HttpSettings settings, ClassicActorSystemProvider system) {
    long bytesMax =
        switch (exchange.endpoint().body()) {
          case IGNORED -> 0;
          case NOTHING, JSON -> settings.requestBodyBytesMax();
          case BATCH -> settings.batchBodyBytesMax();
          case ROSTER ->
              isSpreadsheet(exchange)
                  ? settings.rosters().fileBytesMax()
                  : settings.rosters().bodyBytesMax();
        };
    if (bytesMax == 0) {
      return CompletableFuture.completedStage(ByteString.emptyByteString());
    }
    RequestEntity entity = exchange.request().entity();
    OptionalLong length = entity.getContentLengthOption();
    if (length.isPresent() && length.getAsLong() > bytesMax) {
      throw new ProblemException(tooLong(bytesMax));
    }
    exchange.takeBody();
    if (entity instanceof HttpEntity.Strict whole && length.isPresent()) {
      return CompletableFuture.completedStage(whole.getData());
    }
    exchange.place().awaitsBody();
    return entity
        .withSizeLimit(bytesMax)
        .toStrict(settings.askTimeout().toMillis(), system)
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedStage(
                    failure instanceof TimeoutException
                        ? new ProblemException(Problem.tooSlow().withHeader("Connection", "close"))
                        : failure))
        .thenApply(
            strict -> {
              exchange.place().bodyArrived();
              return strict.getData();
            });
  }

  /** For a body over the limit; the connection is closed, so that the rest is not transferred. */
  static Problem tooLong(long bytesMax) {
    return Problem.of(
            Code.TOO_LARGE,
            "The body may have " + bytesMax + " bytes.",
            "请求体最多 " + bytesMax + " 字节。")
        .with("bytesMax", bytesMax)
        .withHeader("Connection", "close");
  }
}
