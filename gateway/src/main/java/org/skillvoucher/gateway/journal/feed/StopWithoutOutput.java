package org.skillvoucher.gateway.journal.feed;

import java.io.OutputStream;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.projection.ProjectionBehavior.Command;
import scala.Console;

/**
 * A projection's behaviour without the line that pekko-projection-jdbc (1.0.0) prints to standard
 * output when a projection stops.
 */
final class StopWithoutOutput extends BehaviorInterceptor<Command, Command> {
  StopWithoutOutput() {
    super(Command.class);
  }

  @Override
  public Behavior<Command> aroundReceive(
      TypedActorContext<Command> context, Command command, ReceiveTarget<Command> target) {
    return Console.withOut(OutputStream.nullOutputStream(), () -> target.apply(context, command));
  }

  @Override
  public Behavior<Command> aroundSignal(
      TypedActorContext<Command> context, Signal signal, SignalTarget<Command> target) {
    return Console.withOut(OutputStream.nullOutputStream(), () -> target.apply(context, signal));
  }
}
