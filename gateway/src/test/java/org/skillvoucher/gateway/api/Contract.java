package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.Uri;

/** Validates every pair of request and answer against openapi.yaml. */
final class Contract {
  private static final OpenApiInteractionValidator VALIDATOR =
      OpenApiInteractionValidator.createForInlineApiSpecification(text())
          .withStrictOperationPathMatching()
          .build();

  private Contract() {}

  static String text() {
    try (InputStream in = Contract.class.getResourceAsStream("/openapi.yaml")) {
      if (in == null) {
        throw new IOException("no openapi.yaml");
      }
      return new String(in.readAllBytes(), World.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The answer must be in the contract, and a request that was carried out must be valid by it.
   * Only a path or a method outside of the contract is answered outside of it, and then by a
   * problem of its form.
   */
  static void check(Ask ask, Answer answer) {
    String path = Uri.create(ask.path()).getPathString();
    SimpleResponse response = response(answer.status(), answer);
    ValidationReport report =
        VALIDATOR.validateResponse(path, Request.Method.valueOf(ask.method()), response);
    boolean outside =
        report.getMessages().stream()
            .anyMatch(
                message ->
                    message.getKey().equals("validation.request.path.missing")
                        || message.getKey().equals("validation.request.operation.notAllowed"));
    if (outside && (answer.status() == 404 || answer.status() == 405 || isDocs(path))) {
      checkProblem(path, answer);
      return;
    }
    if (report.hasErrors()) {
      fail(ask.method() + " " + ask.path() + " " + answer + "\n" + text(report));
    }
    if (answer.status() < 300) {
      ValidationReport asked = VALIDATOR.validateRequest(request(ask, path));
      assertTrue(
          asked.getMessages().stream().allMatch(message -> isTypeOfNoBody(ask, message)),
          () -> "carried out, but not as agreed:\n" + text(asked));
    }
  }

  /** The validator wants a type even of a body that need not be there. */
  private static boolean isTypeOfNoBody(Ask ask, ValidationReport.Message message) {
    return ask.contentType().isEmpty()
        && message.getKey().equals("validation.request.contentType.notAllowed");
  }

  /** The page's own files are no part of the API. */
  private static boolean isDocs(String path) {
    return path.startsWith("/docs/");
  }

  private static void checkProblem(String path, Answer answer) {
    if (isDocs(path) && answer.status() == 200) {
      return;
    }
    ValidationReport report =
        VALIDATOR.validateResponse("/v1/audit", Request.Method.GET, response(403, answer));
    if (report.hasErrors()) {
      fail(path + " " + answer + "\n" + text(report));
    }
  }

  private static SimpleRequest request(Ask ask, String path) {
    SimpleRequest.Builder request = new SimpleRequest.Builder(ask.method(), path);
    for (HttpHeader header : ask.headers()) {
      request.withHeader(header.name(), header.value());
    }
    Uri.create(ask.path()).query().toMultiMap().forEach(request::withQueryParam);
    if (!ask.contentType().isEmpty()) {
      request.withContentType(ask.contentType()).withBody(ask.body());
    }
    return request.build();
  }

  private static SimpleResponse response(int status, Answer answer) {
    SimpleResponse.Builder response =
        SimpleResponse.Builder.status(status).withContentType(answer.contentType());
    answer.headers().forEach((name, value) -> response.withHeader(name, value));
    return response.withBody(answer.body().toArray()).build();
  }

  private static String text(ValidationReport report) {
    return report.getMessages().stream()
        .map(message -> message.getKey() + ": " + message.getMessage())
        .collect(Collectors.joining("\n"));
  }
}
