package org.skillvoucher.gateway.cli;

import java.util.concurrent.Callable;

/**
 * A command for development: its class, the packages {@code development} and {@code bench} and the
 * line that names it under {@code META-INF/services} are in a jar of their own, so that the jar of
 * production has no demo credentials, no movable clock and no benchmark.
 */
public interface DevelopmentCommand extends Callable<Integer> {}
