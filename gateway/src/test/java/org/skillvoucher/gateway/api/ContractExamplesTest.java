package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.gateway.device.DevicePublicKey;
import org.skillvoucher.gateway.device.DeviceSignatures;

/** The contract's examples are valid: builders of devices try their code on them first. */
class ContractExamplesTest {
  private static JsonNode example(String schema) {
    Schema<?> found =
        Objects.requireNonNull(
            new OpenAPIV3Parser()
                .readContents(Contract.text())
                .getOpenAPI()
                .getComponents()
                .getSchemas()
                .get(schema));
    return new ObjectMapper().valueToTree(found.getExamples().getFirst());
  }

  @Test
  void theExampleOfAScanIsReallySignedByTheExamplesKey() {
    ScanRequest scan =
        ScanRequest.read(
            (ObjectNode) example("ScanRequest"),
            new PresentedReader(new StubPeople(), LocalDate.of(2026, 3, 2)));
    assertTrue(scan.committed());
    var key = DevicePublicKey.parse(example("Enrolment").path("publicKey").asText()).orElseThrow();
    assertEquals(DeviceSuite.ED25519, key.suite());
    assertEquals(
        DeviceSignatures.Verification.VALID,
        new DeviceSignatures(1)
            .verify(
                key,
                key.suite(),
                scan.statement()
                    .canonical(key.suite(), scan.act(), scan.classId() + "/" + scan.lesson()),
                Base64.getUrlDecoder().decode(scan.statement().signature())));
    assertEquals(example("Enrolment").path("device").asText(), scan.statement().device());
  }
}
