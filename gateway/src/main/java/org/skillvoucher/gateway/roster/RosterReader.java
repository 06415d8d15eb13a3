package org.skillvoucher.gateway.roster;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.util.ByteString;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.ProblemException;
import org.skillvoucher.gateway.http.RosterLimits;

/**
 * Reads roster files on threads of its own, so that a file that costs much costs no other request
 * anything. A file that finds no place in the queue, or whose deadline passes in it, is answered
 * 503 with Retry-After.
 */
public final class RosterReader {
  private static final long IDLE_SECONDS = 30;

  private final RosterLimits limits;
  private final Duration retryAfter;
  private final ThreadPoolExecutor threads;

  /** Starts no thread before the first file; idle threads end. */
  public RosterReader(RosterLimits limits, Duration retryAfter) {
    this.limits = limits;
    this.retryAfter = retryAfter;
    this.threads =
        new ThreadPoolExecutor(
            limits.threads(),
            limits.threads(),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(limits.queueMax()),
            Thread.ofPlatform().daemon().name("roster-", 0).factory());
    this.threads.allowCoreThreadTimeOut(true);
  }

  /**
   * A file as it was sent. Holds personal data: never logged.
   *
   * @param spreadsheet whether it was sent as XLSX; CSV otherwise
   * @param charset declared for CSV
   */
  public record Upload(ByteString file, boolean spreadsheet, Optional<String> charset) {
    @Override
    public String toString() {
      return "Upload";
    }
  }

  /** Reads and checks a file; the stage fails with what refuses the whole of it. */
  public CompletionStage<RosterFile> read(Upload upload, LocalDate today) {
    var answer = new CompletableFuture<RosterFile>();
    var begun = new AtomicBoolean();
    Runnable reading =
        () -> {
          begun.set(true);
          try {
            answer.complete(RosterFile.check(tables(upload), limits, today));
          } catch (Throwable failure) {
            answer.completeExceptionally(failure);
          }
        };
    try {
      Future<?> task = threads.submit(reading);
      return answer
          .orTimeout(limits.readTimeout().toMillis(), TimeUnit.MILLISECONDS)
          .exceptionallyCompose(
              failure -> {
                if (failure instanceof TimeoutException) {
                  task.cancel(true);
                  return CompletableFuture.failedStage(late(begun.get()));
                }
                return CompletableFuture.failedStage(failure);
              });
    } catch (RejectedExecutionException full) {
      return CompletableFuture.failedStage(late(false));
    }
  }

  private ProblemException late(boolean begun) {
    return begun
        ? RosterProblems.tooSlow(limits.readTimeout())
        : new ProblemException(Problem.tryAgain(retryAfter));
  }

  private List<RosterTable> tables(Upload upload) {
    byte[] file = upload.file().toArray();
    FileKind.check(file, upload.spreadsheet());
    return upload.spreadsheet()
        ? RosterXlsx.tables(file, limits)
        : List.of(RosterCsv.table(RosterDecoder.decode(file, upload.charset()), limits));
  }
}
