package org.skillvoucher.gateway.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.skillvoucher.gateway.http.Endpoint;
import org.skillvoucher.gateway.http.Reply;

/**
 * Routes without authentication: the certificates, the contract and its page. The page's files are
 * part of the gateway, because a bureau's network reaches no other host.
 */
final class OpenRoutes {
  private static final String PEM = "application/x-pem-file";
  private static final String YAML = "application/yaml";
  private static final String HTML = "text/html; charset=UTF-8";
  private static final String CSS = "text/css; charset=UTF-8";
  private static final String SCRIPT = "text/javascript; charset=UTF-8";
  private static final String WEBJAR = "META-INF/resources/webjars/swagger-ui/";
  private static final String WEBJAR_VERSION =
      "META-INF/maven/org.webjars/swagger-ui/pom.properties";

  /** Scripts and styles of our own host only; Swagger UI needs inline styles and data images. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private final Map<String, Reply> pages = new LinkedHashMap<>();

  /**
   * Loads every page, so that a missing one fails the start.
   *
   * @param certificatesPem all certificates with which receipts are verified, root first
   */
  OpenRoutes(String certificatesPem) {
    String webjar = WEBJAR + webjarVersion() + "/";
    pages.put("/v1/keys", Reply.of(200, PEM, certificatesPem.getBytes(StandardCharsets.US_ASCII)));
    pages.put("/openapi.yaml", Reply.of(200, YAML, resource("openapi.yaml")));
    pages.put("/docs", page(HTML, "docs/index.html").with("Content-Security-Policy", POLICY));
    pages.put("/docs/start.js", page(SCRIPT, "docs/start.js"));
    pages.put("/docs/swagger-ui-bundle.js", page(SCRIPT, webjar + "swagger-ui-bundle.js"));
    pages.put("/docs/swagger-ui.css", page(CSS, webjar + "swagger-ui.css"));
  }

  List<Endpoint> endpoints() {
    return pages.entrySet().stream()
        .map(
            page ->
                Endpoint.get(
                        page.getKey(),
                        Set.of(),
                        call -> () -> CompletableFuture.completedStage(page.getValue()))
                    .producing(page.getValue().mediaType().split(";", 2)[0]))
        .toList();
  }

  private static Reply page(String type, String name) {
    return Reply.of(200, type, resource(name)).with("Cache-Control", "max-age=3600");
  }

  private static String webjarVersion() {
    Properties properties = new Properties();
    try (InputStream in = open(WEBJAR_VERSION)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "");
  }

  private static byte[] resource(String name) {
    try (InputStream in = open(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String name) throws IOException {
    InputStream in = OpenRoutes.class.getClassLoader().getResourceAsStream(name);
    if (in == null) {
      throw new IOException("not on the class path: " + name);
    }
    return in;
  }
}
