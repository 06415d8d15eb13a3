package org.skillvoucher.simulator.demo;

/** The story cannot go on: an answer on which the rest depends was not what it must be. */
final class StoryEnds extends RuntimeException {
  StoryEnds(String message) {
    super(message);
  }

  StoryEnds(String message, Throwable cause) {
    super(message, cause);
  }
}
