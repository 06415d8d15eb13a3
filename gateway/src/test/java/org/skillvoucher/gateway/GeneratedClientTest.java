package org.skillvoucher.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.gateway.GatewayFixture.Enrolled;

/** A client that a public generator makes of openapi.yaml compiles, and records a scan. */
class GeneratedClientTest {
  private static final Path GENERATOR = Path.of("target", "client-generator");
  private static final Path CONTRACT = Path.of("src", "main", "resources", "openapi.yaml");
  private static final Path PROGRAM =
      Path.of("src", "test", "resources", "generated-client", "RecordScan.java");
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final long PATIENCE_SECONDS = 180;

  private final Path folder;

  GeneratedClientTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void itRecordsAScan() throws Exception {
    Path classes = compiled(generated());
    try (var field = new GatewayFixture(folder.resolve("gateway"))) {
      Enrolled device = field.device();
      Path request = folder.resolve("scan.json");
      Files.writeString(request, device.device().captured(field.trainee(), field.in()).body());
      String output =
          run(
              JAVA,
              "-Dstdout.encoding=UTF-8",
              "-cp",
              classes + File.pathSeparator + libraries(),
              "RecordScan",
              field.api(),
              device.device().token(),
              field.authority(),
              field.classId(),
              request.toString());
      List<String> lines = output.lines().toList();
      assertEquals(
          List.of("status 201", "counterUsed true", "same true", "shown true"),
          lines.subList(0, 4),
          output);
      assertTrue(output.contains("\nreceipt AQ"), output);
      assertTrue(output.contains("\nrefused 401 "), output);
      assertTrue(output.contains("\"code\":\"unauthenticated\""), output);
    }
  }

  private Path generated() throws Exception {
    Path sources = folder.resolve("sources");
    run(
        JAVA,
        "-cp",
        libraries(),
        "org.openapitools.codegen.OpenAPIGenerator",
        "generate",
        "--generator-name=java",
        "--library=native",
        "--input-spec=" + CONTRACT,
        "--output=" + sources,
        "--additional-properties=useJakartaEe=true,openApiNullable=false,annotationLibrary=none,"
            + "invokerPackage=client,apiPackage=client.api,modelPackage=client.model",
        "--global-property=apis,models,supportingFiles,"
            + "apiDocs=false,modelDocs=false,apiTests=false,modelTests=false");
    return sources;
  }

  private Path compiled(Path sources) throws Exception {
    Path classes = folder.resolve("classes");
    List<String> arguments =
        new ArrayList<>(
            List.of("-proc:none", "-nowarn", "-encoding", "UTF-8", "-d", classes.toString()));
    try (var jars = Files.list(GENERATOR)) {
      arguments.add("-cp");
      arguments.add(jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    }
    arguments.add(PROGRAM.toString());
    try (var files = Files.walk(sources)) {
      files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
    }
    var errors = new ByteArrayOutputStream();
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(null, errors, errors, arguments.toArray(String[]::new));
    assertEquals(0, exit, () -> errors.toString(UTF_8));
    return classes;
  }

  private static String libraries() {
    return GENERATOR.resolve("*").toString();
  }

  private String run(String... command) throws Exception {
    Path output = Files.createTempFile(folder, "run", ".log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(output);
    assertTrue(ended, text);
    assertEquals(0, process.waitFor(), text);
    return text;
  }
}
