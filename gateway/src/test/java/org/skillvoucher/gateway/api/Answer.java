package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;

/** What was answered. */
public record Answer(int status, String contentType, Map<String, String> headers, ByteString body) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Answer of(HttpResponse response) {
    Map<String, String> headers = new HashMap<>();
    for (HttpHeader header : response.getHeaders()) {
      headers.put(header.lowercaseName(), header.value());
    }
    try {
      ByteString body =
          response
              .entity()
              .toStrict(5_000, TestSystem.ONLY)
              .toCompletableFuture()
              .get(5, TimeUnit.SECONDS)
              .getData();
      return new Answer(
          response.status().intValue(),
          response.entity().getContentType().toString(),
          headers,
          body);
    } catch (Exception e) {
      throw new AssertionError("the answer has no end", e);
    }
  }

  static Answer of(java.net.http.HttpResponse<byte[]> response) {
    Map<String, String> headers = new HashMap<>();
    response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
    return new Answer(
        response.statusCode(),
        headers.getOrDefault("content-type", ""),
        headers,
        ByteString.fromArray(response.body()));
  }

  public String text() {
    return body.utf8String();
  }

  public JsonNode json() {
    try {
      return MAPPER.readTree(text());
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text(), e);
    }
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The answer, if it has that status. */
  public Answer is(int expected) {
    assertEquals(expected, status, () -> text());
    return this;
  }

  /** The answer, if it is that problem. */
  public Answer isProblem(int expected, String code) {
    is(expected);
    assertEquals("application/problem+json", contentType);
    assertEquals(code, json().path("code").asText());
    assertEquals("urn:skillvoucher:problem:" + code, json().path("type").asText());
    assertEquals(expected, json().path("status").asInt());
    return this;
  }

  /** The answer, if it is invalid_field and just these places are at fault. */
  public Answer faultsAt(String... pointers) {
    isProblem(422, "invalid_field");
    assertEquals(
        List.of(pointers),
        json().path("errors").valueStream().map(error -> error.path("pointer").asText()).toList());
    return this;
  }
}
