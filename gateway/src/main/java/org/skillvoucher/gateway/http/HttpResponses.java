package org.skillvoucher.gateway.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** Converts replies to HTTP responses, with the headers common to all. */
final class HttpResponses {
  private static final Map<String, ContentType> TYPES = new ConcurrentHashMap<>();
  private static final HttpHeader NO_SNIFF = HttpHeader.parse("X-Content-Type-Options", "nosniff");
  private static final HttpHeader NO_REFERRER = HttpHeader.parse("Referrer-Policy", "no-referrer");
  private static final HttpHeader NO_STORE = HttpHeader.parse("Cache-Control", "no-store");

  private HttpResponses() {}

  static HttpResponse response(Reply reply) {
    List<HttpHeader> headers = new ArrayList<>();
    headers.add(NO_SNIFF);
    headers.add(NO_REFERRER);
    if (!reply.headers().containsKey("Cache-Control")) {
      headers.add(NO_STORE);
    }
    reply.headers().forEach((name, value) -> headers.add(header(name, value)));
    return HttpResponse.create()
        .withStatus(reply.status())
        .withEntity(
            HttpEntities.create(
                TYPES.computeIfAbsent(reply.mediaType(), ContentTypes::parse), reply.body()))
        .addHeaders(headers);
  }

  /**
   * Headers are raw, except Connection, which Pekko has to obey. Parsing a location or file name
   * costs time, and a parsed file name loses what is not ASCII.
   */
  private static HttpHeader header(String name, String value) {
    return name.equals("Connection")
        ? HttpHeader.parse(name, value)
        : RawHeader.create(name, value);
  }
}
