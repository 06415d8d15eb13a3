package org.skillvoucher.simulator.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuCategoryTest {
  private static final String OURS = "org.skillvoucher.gateway.";

  /** Frames from the innermost on; ~ stands for our packages. */
  @ParameterizedTest
  @CsvSource({
    "SEAL, java.math.BigInteger.multiply > org.bouncycastle.crypto.signers.SM2Signer.sign >"
        + " ~receipt.Sm2Sealer.seal > org.skillvoucher.domain.trainingclass.ScanDecider.draft >"
        + " ~entity.TrainingClassActor.decideScans > org.apache.pekko.actor.ActorCell.invoke",
    "SECURITY, org.bouncycastle.math.ec.ECPoint.add > ~device.DeviceSignatures.verify >"
        + " ~scan.DeviceTrust.check > ~api.ScanRoutes.scan",
    "RULES, org.skillvoucher.domain.trainingclass.ScanDecider.decide > ~entity.ClassScans.decide",
    "HTTP, com.fasterxml.jackson.core.JsonParser.nextToken > ~http.Json.read",
    "HTTP, java.lang.String.hashCode > org.apache.pekko.http.impl.engine.parsing.HttpMessageParser"
        + ".parse > org.apache.pekko.stream.impl.fusing.GraphInterpreter.push",
    "HTTP, sun.nio.ch.SocketChannelImpl.read > org.apache.pekko.io.TcpConnection.read",
    "JOURNAL, com.fasterxml.jackson.databind.ObjectWriter.write > ~journal.event.EventSerializer.toBinary"
        + " > org.apache.pekko.serialization.Serialization.serialize",
    "JOURNAL, org.apache.pekko.persistence.typed.internal.Running.onMessage >"
        + " org.apache.pekko.actor.ActorCell.invoke",
    "READ_SIDE, com.fasterxml.jackson.databind.ObjectMapper.readValue >"
        + " ~journal.event.EventSerializer.read > ~journal.event.EventReader.decode > ~journal.feed.Feed.envelope",
    "RULES, org.postgresql.jdbc.PgResultSet.getBytes > ~journal.event.EventReader.read >"
        + " ~database.Database.read",
    "READ_SIDE, org.postgresql.jdbc.PgStatement.execute > ~projection.SheetTables.attended",
    "PLATFORM, jdk.internal.net.http.Http1Exchange.sendBody > java.lang.Thread.run",
    "ACTORS, java.util.concurrent.ForkJoinPool.scan > org.apache.pekko.dispatch.Mailbox.run",
    "OTHER, java.lang.ref.Reference.clear > java.lang.Thread.run"
  })
  void theInnermostFrameOfTheGatewayDecidesAndThenTheLibrary(CpuCategory category, String frames) {
    assertEquals(
        category, CpuCategory.of(Stream.of(frames.replace("~", OURS).split(" > ", -1)).toList()));
  }

  @Test
  void aSampleWithoutAStackIsOfTheJvm() {
    assertEquals(CpuCategory.JVM, CpuCategory.of(List.of()));
  }

  @Test
  void aRecordingYieldsTheCpuTimeBetweenTwoMoments(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("test.jfr");
    Instant before = Instant.now();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FlightRecording.options(file));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Busy.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    assertEquals("", output);

    FlightRecording recorded = FlightRecording.read(file, before, Instant.now());
    assertTrue(recorded.all().toMillis() > 0);
    assertTrue(recorded.categories().containsKey(CpuCategory.OTHER), recorded::toString);
    assertEquals(Duration.ZERO, FlightRecording.read(file, before.minusSeconds(9), before).all());
  }

  /** Takes half a second of CPU time after its start, which takes any time on a busy machine. */
  static final class Busy {
    private Busy() {}

    public static void main(String... arguments) {
      long busy = 0;
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      long end = threads.getCurrentThreadCpuTime() + 500_000_000;
      while (threads.getCurrentThreadCpuTime() < end) {
        busy += Long.toString(System.nanoTime()).hashCode();
      }
      System.exit(busy == 0 ? 1 : 0);
    }
  }
}
