package org.skillvoucher.gateway.http;

import java.util.Optional;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.skillvoucher.gateway.http.Connection.For;
import org.skillvoucher.gateway.http.Connection.Reason;

/** The state of one connection in {@link ConnectionGuard}. */
final class ConnectionGuardLogic extends GraphStageLogic {
  private static final int PIECE_BYTES = 65_536;

  /** A longer request is passed on as it comes; a longer head is refused by the HTTP layer. */
  private static final int HELD_BYTES_MAX = 16_384;

  private static final ByteString INTERIM = ByteString.fromString("HTTP/1.1 1");
  private static final ByteString RESPONSE = ByteString.fromString("HTTP/1.");

  private final ConnectionGuard guard;
  private final RequestFraming framing = new RequestFraming();
  private byte[] unread = {};
  private int unreadFrom;
  private ByteString held = ByteString.emptyByteString();

  /** Whether the HTTP layer has the beginning of the request that is being read. */
  private boolean isPassing;

  private ByteString toWrite = ByteString.emptyByteString();
  private Optional<ByteString> refusal = Optional.empty();

  /** Requests given to the HTTP layer and not answered yet. */
  private int due;

  /** Of those, the ones to be answered before the refusal. */
  private int dueBeforeRefusal;

  private boolean isFirstRequestSeen;

  private record Order(Reason reason, Connection.Wait seen) {}

  ConnectionGuardLogic(ConnectionGuard guard) {
    super(guard.shape());
    this.guard = guard;
    setHandler(guard.netIn, new FromNet());
    setHandler(guard.httpIn, new ToHttp());
    setHandler(guard.httpOut, new FromHttp());
    setHandler(guard.netOut, new ToNet());
  }

  @Override
  public void preStart() {
    AsyncCallback<Order> orders = createAsyncCallback(this::close);
    guard.connection.opened((reason, seen) -> orders.invoke(new Order(reason, seen)));
  }

  @Override
  public void postStop() {
    guard.connections.closed(guard.connection);
  }

  private final class FromNet extends AbstractInHandler {
    @Override
    public void onPush() {
      ByteString bytes = grab(guard.netIn);
      if (isClosed(guard.httpIn)) {
        pull(guard.netIn);
      } else {
        unread = bytes.toArrayUnsafe();
        unreadFrom = 0;
        follow();
      }
    }

    @Override
    public void onUpstreamFinish() {
      if (unreadFrom == unread.length) {
        complete(guard.httpIn);
      }
      if (isClosed(guard.netOut)) {
        completeStage();
      }
    }
  }

  private final class ToHttp extends AbstractOutHandler {
    @Override
    public void onPull() {
      if (unreadFrom < unread.length) {
        follow();
      } else if (isClosed(guard.netIn)) {
        complete(guard.httpIn);
      } else if (!hasBeenPulled(guard.netIn)) {
        pull(guard.netIn);
      }
      note(false);
    }

    /** The HTTP layer reads no more; it may still have an answer to write. */
    @Override
    public void onDownstreamFinish(Throwable cause) {
      note(false);
    }
  }

  private final class FromHttp extends AbstractInHandler {
    @Override
    public void onPush() {
      ByteString bytes = grab(guard.httpOut);
      if (refusal.isPresent() && dueBeforeRefusal == 0) {
        return;
      }
      if (bytes.startsWith(RESPONSE, 0) && !bytes.startsWith(INTERIM, 0)) {
        due = Math.max(0, due - 1);
        dueBeforeRefusal = Math.max(0, dueBeforeRefusal - 1);
      }
      toWrite = bytes;
      writePiece();
    }

    @Override
    public void onUpstreamFinish() {
      if (refusal.isPresent()) {
        dueBeforeRefusal = 0;
      }
      if (toWrite.isEmpty() && isAvailable(guard.netOut)) {
        next();
      }
    }
  }

  private final class ToNet extends AbstractOutHandler {
    @Override
    public void onPull() {
      next();
    }
  }

  /**
   * Passes on at most one message at a time: the HTTP layer's parser recurses from each message of
   * its input to the next, and a packet full of requests would overflow its stack.
   */
  private void follow() {
    int headsBefore = framing.heads();
    int from = unreadFrom;
    unreadFrom = framing.follow(unread, from);
    int begun = framing.heads() - headsBefore;
    due += begun;
    isFirstRequestSeen |= begun > 0;
    ByteString bytes = ByteString.fromArrayUnsafe(unread, from, unreadFrom - from);
    if (!framing.isFaulty() || isPassing) {
      passOn(bytes);
    }
    if (framing.isFaulty()) {
      refuse(Reason.FRAMING, RawAnswers.MALFORMED);
    }
    note(true);
  }

  /**
   * The HTTP layer, which costs most of a connection, begins with the first complete request: a
   * client that sends a half of one costs its bytes.
   */
  private void passOn(ByteString bytes) {
    held = held.concat(bytes);
    if (isPassing || framing.isMessageEnd() || isLong()) {
      isPassing = !framing.isMessageEnd();
      ByteString all = held;
      held = ByteString.emptyByteString();
      if (!all.isEmpty()) {
        push(guard.httpIn, all);
      }
    } else if (!isClosed(guard.netIn)) {
      pull(guard.netIn);
    } else {
      complete(guard.httpIn);
    }
  }

  private boolean isLong() {
    return framing.isContinueExpected() || held.size() + framing.remaining() > HELD_BYTES_MAX;
  }

  /** Reads nothing more, and answers the request that is being read with the refusal. */
  private void refuse(Reason reason, ByteString answer) {
    guard.connections.closing(reason);
    boolean isHeadComplete = framing.part() == RequestFraming.Part.BODY;
    dueBeforeRefusal = isHeadComplete ? Math.max(0, due - 1) : due;
    refusal = Optional.of(answer);
    complete(guard.httpIn);
    if (toWrite.isEmpty() && isAvailable(guard.netOut)) {
      next();
    }
  }

  /** Writes what comes next; the net takes a piece now. */
  private void next() {
    if (!toWrite.isEmpty()) {
      writePiece();
    } else if (refusal.isPresent() && dueBeforeRefusal == 0) {
      push(guard.netOut, refusal.get());
      endWriting();
    } else if (isClosed(guard.httpOut)) {
      endWriting();
    } else if (!hasBeenPulled(guard.httpOut)) {
      pull(guard.httpOut);
    }
    note(false);
  }

  /** In pieces, so that a client which reads slowly is seen to read. */
  private void writePiece() {
    push(guard.netOut, toWrite.take(PIECE_BYTES));
    toWrite = toWrite.drop(PIECE_BYTES);
    note(true);
  }

  /** Closing with unread bytes would reset the connection, and the answer could be lost. */
  private void endWriting() {
    complete(guard.netOut);
    complete(guard.httpIn);
    cancel(guard.httpOut);
    if (isClosed(guard.netIn)) {
      completeStage();
    } else if (!hasBeenPulled(guard.netIn)) {
      pull(guard.netIn);
    }
  }

  private void note(boolean isProgress) {
    For now = waitsFor();
    For before = guard.connection.waiting().what();
    if (now != before || (isProgress && now.isRenewed())) {
      guard.connection.waitsFor(now);
    }
  }

  private For waitsFor() {
    if (isClosed(guard.netOut)) {
      return For.CLOSE;
    }
    if (!toWrite.isEmpty() || !isAvailable(guard.netOut)) {
      return due == 0 && toWrite.isEmpty() && !isFirstRequestSeen ? For.HEAD : For.READER;
    }
    boolean isRead = !isClosed(guard.netIn) && hasBeenPulled(guard.netIn);
    if (due > 0) {
      if (isRead && framing.part() == RequestFraming.Part.BODY) {
        return isPassing ? For.BODY : For.SHORT_BODY;
      }
      return For.ANSWER;
    }
    return switch (framing.part()) {
      case HEAD -> For.HEAD;
      case BODY -> For.UNREAD_BODY;
      case NONE -> isFirstRequestSeen ? For.REQUEST : For.HEAD;
    };
  }

  private void close(Order order) {
    if (order.reason() == Reason.STOPPED && !guard.connection.isLeaving()) {
      abort(order.reason());
    } else if (!guard.connection.waiting().equals(order.seen())) {
      guard.connection.stays();
    } else if (order.reason() == Reason.EVICTED || order.reason() == Reason.STOPPED) {
      end(order.reason(), order.seen().what());
    } else {
      closeOverdue(order.reason(), order.seen().what());
    }
  }

  private void closeOverdue(Reason reason, For waitedFor) {
    switch (waitedFor) {
      case HEAD -> {
        if (framing.part() == RequestFraming.Part.HEAD) {
          refuse(reason, RawAnswers.TOO_SLOW);
        } else {
          end(reason, waitedFor);
        }
      }
      case BODY, SHORT_BODY -> refuse(reason, RawAnswers.TOO_SLOW);
      case READER -> abort(reason);
      case REQUEST, UNREAD_BODY -> end(reason, waitedFor);
      case CLOSE, ANSWER -> completeStage();
    }
  }

  /** After a request the client may still have its answer to read, which a reset would lose. */
  private void end(Reason reason, For waitedFor) {
    guard.connections.closing(reason);
    if (waitedFor == For.REQUEST) {
      endWriting();
      note(false);
    } else {
      completeStage();
    }
  }

  private void abort(Reason reason) {
    guard.connections.closing(reason);
    failStage(new ClosedByGateway());
  }

  private static final class ClosedByGateway extends Exception {
    private static final long serialVersionUID = 1;

    ClosedByGateway() {
      super("closed by the gateway", null, false, false);
    }
  }
}
