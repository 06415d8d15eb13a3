package org.skillvoucher.simulator.screen;

import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows that something goes on; on a terminal only, and gone when it is over. */
public final class Progress implements AutoCloseable {
  private final Optional<ProgressBar> bar;

  private Progress(Optional<ProgressBar> bar) {
    this.bar = bar;
  }

  /** Of something that may take any number of steps. */
  public static Progress start(String task) {
    return start(task, -1);
  }

  /** Of a known number of steps. */
  public static Progress start(String task, long steps) {
    return new Progress(
        Screen.isTerminal()
            ? Optional.of(
                new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(steps)
                    .setUpdateIntervalMillis(200)
                    .clearDisplayOnFinish()
                    .build())
            : Optional.empty());
  }

  public void tick() {
    bar.ifPresent(ProgressBar::step);
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
