package org.skillvoucher.simulator.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.skillvoucher.simulator.keys.Envelope;
import org.skillvoucher.simulator.keys.Sm3;
import org.skillvoucher.simulator.wire.Json;

/** A caller of the card platform, written from the profile's text. */
final class GmCaller implements AutoCloseable {
  static final String PATH = "/gm/v1/identity/verifyCard";
  static final PlatformSettings SETTINGS =
      new PlatformSettings(0, "ak-demo-0001", "sk-demo-0001", "000102030405060708090a0b0c0d0e0f");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Envelope envelope = new Envelope(SETTINGS.envelopeKeyHex());
  private final String url;
  private final Duration patience;

  /** What may be wrong with a call. */
  record Headers(String accessKey, Instant time, String nonce, String secret) {
    static Headers right(Instant now) {
      return new Headers(
          SETTINGS.accessKey(), now, UUID.randomUUID().toString(), SETTINGS.secret());
    }

    Headers withNonce(String other) {
      return new Headers(accessKey, time, other, secret);
    }

    Headers withSecret(String other) {
      return new Headers(accessKey, time, nonce, other);
    }

    Headers withAccessKey(String other) {
      return new Headers(other, time, nonce, secret);
    }
  }

  GmCaller(String url, Duration patience) {
    this.url = url;
    this.patience = patience;
  }

  HttpResponse<byte[]> call(Card card, String key, Headers headers)
      throws IOException, InterruptedException {
    return send(body(card, headers.nonce()), key, headers);
  }

  private byte[] body(Card card, String nonce) {
    byte[] plain =
        Json.write(
            Json.object()
                .put("cardIdentificationCode", card.identificationCode())
                .put("socialSecurityNumber", card.personNumber())
                .put("cardNumber", card.cardNumber())
                .put("name", card.name()));
    return Json.write(Json.object().put("envelope", envelope.seal(plain, nonce)));
  }

  HttpResponse<byte[]> resolve(String code, String key, Headers headers)
      throws IOException, InterruptedException {
    byte[] plain = Json.write(Json.object().put("code", code));
    byte[] body = Json.write(Json.object().put("envelope", envelope.seal(plain, headers.nonce())));
    return send("/gm/v1/identity/resolveQr", body, key, headers);
  }

  HttpResponse<byte[]> send(byte[] body, String key, Headers headers)
      throws IOException, InterruptedException {
    return send(PATH, body, key, headers);
  }

  private HttpResponse<byte[]> send(String path, byte[] body, String key, Headers headers)
      throws IOException, InterruptedException {
    String timestamp = String.valueOf(headers.time().toEpochMilli());
    String signed =
        String.join("\n", "POST", path, timestamp, headers.nonce(), key, Sm3.hashHex(body));
    return client.send(
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(patience)
            .header("X-Access-Key", headers.accessKey())
            .header("X-Timestamp", timestamp)
            .header("X-Nonce", headers.nonce())
            .header("Idempotency-Key", key)
            .header("X-Signature", Sm3.hmacHex(headers.secret(), signed))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  /** The answer in the clear, which only opens with the request's own nonce. */
  JsonNode open(HttpResponse<byte[]> response, String nonce) {
    return Json.read(
        envelope.open(Json.text(Json.read(response.body()), "envelope"), nonce).orElseThrow());
  }

  HttpResponse<String> control(String path, String json) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(url + path))
            .POST(HttpRequest.BodyPublishers.ofString(json, UTF_8))
            .build(),
        HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(url + path)).build(),
        HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
