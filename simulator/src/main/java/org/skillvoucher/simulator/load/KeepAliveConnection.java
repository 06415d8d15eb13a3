package org.skillvoucher.simulator.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A keep-alive connection with at most one request in flight, which reconnects when it is lost.
 * Confined to its event loop's thread.
 *
 * <p>A server closes a connection that was idle for too long, and a request sent at that moment is
 * lost. So a connection is renewed before the server would close it; and when one that had been in
 * use is closed with nothing of the answer received, the request is sent once more on a new one,
 * which its idempotency key makes safe.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failures reach the pipeline's last handler
final class KeepAliveConnection {
  private static final int CONNECT_MILLIS_MAX = 3_000;
  private static final int ANSWER_BYTES_MAX = 8 << 20;
  private static final long RECONNECT_MILLIS = 100;
  private static final String BROKEN_OFF = "broken_off";
  static final Duration ANSWER_MAX = Duration.ofSeconds(15);

  /** Half of the gateway's {@code pekko.http.server.idle-timeout}. */
  static final Duration IDLE_MAX = Duration.ofSeconds(30);

  private final EventLoop loop;
  private final URI api;
  private final Listener listener;
  private Optional<Channel> channel = Optional.empty();
  private Optional<PendingStatement> inFlight = Optional.empty();
  private boolean closed;

  /** Whether the current connection has carried an answer. */
  private boolean used;

  /** Whether anything of the answer to the request in flight was received. */
  private boolean answerBegun;

  private long idleSinceNanos;

  /** Is notified of the connection's states and replies, on the event loop's thread. */
  interface Listener {
    void connectionIdle(KeepAliveConnection connection);

    /** It cannot be used until {@link #connectionIdle}. */
    void connectionLost(KeepAliveConnection connection);

    void replied(PendingStatement statement, StatementReply reply);
  }

  KeepAliveConnection(EventLoop loop, URI api, Listener listener) {
    this.loop = loop;
    this.api = api;
    this.listener = listener;
  }

  void connect() {
    ChannelFuture connected =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS_MAX)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel opened) {
                    opened
                        .pipeline()
                        .addLast(
                            new AnswerBegin(),
                            new HttpClientCodec(),
                            new HttpObjectAggregator(ANSWER_BYTES_MAX),
                            new ResponseHandler());
                  }
                })
            .connect(api.getHost(), api.getPort());
    connected.addListener(
        done -> {
          if (!done.isSuccess()) {
            lost(inFlight.isEmpty() ? "not_connected" : BROKEN_OFF);
          }
        });
  }

  /** Requires that the connection is idle. */
  void send(PendingStatement statement) {
    inFlight = Optional.of(statement);
    answerBegun = false;
    DefaultFullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.POST,
            statement.path(),
            Unpooled.wrappedBuffer(statement.body()));
    request
        .headers()
        .set(HttpHeaderNames.HOST, api.getAuthority())
        .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
        .set(HttpHeaderNames.AUTHORIZATION, "Bearer " + statement.session().token())
        .set("Idempotency-Key", statement.key())
        .setInt(HttpHeaderNames.CONTENT_LENGTH, request.content().readableBytes());
    statement.markSent(System.nanoTime());
    Channel open = channel.orElseThrow();
    open.writeAndFlush(request, open.voidPromise());
  }

  /**
   * Closes the connection when the answer is overdue, whose outcome is unknown then, or when it has
   * been idle for long.
   */
  void checkTimeout(long nanos) {
    if (channel.isEmpty()) {
      return;
    }
    if (inFlight.isEmpty()) {
      if (nanos - idleSinceNanos > IDLE_MAX.toNanos()) {
        abort("idle");
      }
    } else if (nanos - inFlight.get().sentNanos() > ANSWER_MAX.toNanos()) {
      abort("timeout");
    }
  }

  void close() {
    closed = true;
    channel.ifPresent(Channel::close);
  }

  private void abort(String code) {
    Optional<Channel> old = channel;
    lost(code);
    old.ifPresent(Channel::close);
  }

  /**
   * The in-flight statement gets an unknown outcome and a new connection is opened after a pause;
   * or it is sent again on a new connection, at once.
   */
  private void lost(String code) {
    channel = Optional.empty();
    listener.connectionLost(this);
    boolean again = code.equals(BROKEN_OFF) && inFlight.isPresent() && used && !answerBegun;
    used = false;
    if (again && !closed && !loop.isShuttingDown()) {
      connect();
      return;
    }
    Optional<PendingStatement> unanswered = inFlight;
    inFlight = Optional.empty();
    if (!closed && !loop.isShuttingDown()) {
      loop.schedule(this::connect, RECONNECT_MILLIS, TimeUnit.MILLISECONDS);
    }
    unanswered.ifPresent(statement -> listener.replied(statement, StatementReply.none(code)));
  }

  private void idle() {
    idleSinceNanos = System.nanoTime();
    listener.connectionIdle(this);
  }

  /** Sees the first bytes of an answer, before they are a response. */
  private final class AnswerBegin extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      answerBegun = true;
      context.fireChannelRead(bytes);
    }
  }

  private final class ResponseHandler extends SimpleChannelInboundHandler<FullHttpResponse> {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      if (closed) {
        context.close();
        if (inFlight.isPresent()) {
          lost(BROKEN_OFF);
        }
        return;
      }
      channel = Optional.of(context.channel());
      inFlight.ifPresentOrElse(KeepAliveConnection.this::send, KeepAliveConnection.this::idle);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
      if (!isCurrent(context) || inFlight.isEmpty()) {
        return;
      }
      PendingStatement statement = inFlight.get();
      inFlight = Optional.empty();
      used = true;
      StatementReply reply =
          StatementReply.of(
              response.status().code(),
              ByteBufUtil.getBytes(response.content()),
              response.headers().getInt("Retry-After", 0));
      if (HttpUtil.isKeepAlive(response)) {
        idle();
      } else {
        abort("closed");
      }
      listener.replied(statement, reply);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (isCurrent(context)) {
        lost(BROKEN_OFF);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (isCurrent(context)) {
        abort(BROKEN_OFF);
      } else {
        context.close();
      }
    }

    private boolean isCurrent(ChannelHandlerContext context) {
      return channel.filter(current -> current == context.channel()).isPresent();
    }
  }
}
