package org.skillvoucher.simulator.gateway;

/** The story cannot go on: an answer on which the rest depends was not what it must be. */
public final class StoryEnds extends RuntimeException {
  public StoryEnds(String message) {
    super(message);
  }

  public StoryEnds(String message, Throwable cause) {
    super(message, cause);
  }
}
