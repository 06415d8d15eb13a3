package org.skillvoucher.simulator.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
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
 */
@SuppressWarnings("FutureReturnValueIgnored") // failures reach the pipeline's last handler
final class KeepAliveConnection {
  private static final int CONNECT_MILLIS_MAX = 3_000;
  private static final int ANSWER_BYTES_MAX = 8 << 20;
  private static final long RECONNECT_MILLIS = 100;
  static final Duration ANSWER_MAX = Duration.ofSeconds(15);

  private final EventLoop loop;
  private final URI api;
  private final Listener listener;
  private Optional<Channel> channel = Optional.empty();
  private Optional<PendingStatement> inFlight = Optional.empty();
  private boolean closed;

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
                            new HttpClientCodec(),
                            new HttpObjectAggregator(ANSWER_BYTES_MAX),
                            new ResponseHandler());
                  }
                })
            .connect(api.getHost(), api.getPort());
    connected.addListener(
        done -> {
          if (!done.isSuccess()) {
            lost("not_connected");
          }
        });
  }

  /** Requires that the connection is idle. */
  void send(PendingStatement statement) {
    inFlight = Optional.of(statement);
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

  /** Closes the connection when the answer is overdue; the outcome is unknown then. */
  void checkTimeout(long nanos) {
    if (inFlight.isPresent() && nanos - inFlight.get().sentNanos() > ANSWER_MAX.toNanos()) {
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

  /** The in-flight statement gets an unknown outcome; a new connection is opened after a pause. */
  private void lost(String code) {
    channel = Optional.empty();
    listener.connectionLost(this);
    Optional<PendingStatement> unanswered = inFlight;
    inFlight = Optional.empty();
    if (!closed && !loop.isShuttingDown()) {
      loop.schedule(this::connect, RECONNECT_MILLIS, TimeUnit.MILLISECONDS);
    }
    unanswered.ifPresent(statement -> listener.replied(statement, StatementReply.none(code)));
  }

  private final class ResponseHandler extends SimpleChannelInboundHandler<FullHttpResponse> {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      if (closed) {
        context.close();
        return;
      }
      channel = Optional.of(context.channel());
      listener.connectionIdle(KeepAliveConnection.this);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
      if (!isCurrent(context) || inFlight.isEmpty()) {
        return;
      }
      PendingStatement statement = inFlight.get();
      inFlight = Optional.empty();
      StatementReply reply =
          StatementReply.of(
              response.status().code(),
              ByteBufUtil.getBytes(response.content()),
              response.headers().getInt("Retry-After", 0));
      if (HttpUtil.isKeepAlive(response)) {
        listener.connectionIdle(KeepAliveConnection.this);
      } else {
        abort("closed");
      }
      listener.replied(statement, reply);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (isCurrent(context)) {
        lost("broken_off");
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (isCurrent(context)) {
        abort("broken_off");
      } else {
        context.close();
      }
    }

    private boolean isCurrent(ChannelHandlerContext context) {
      return channel.filter(current -> current == context.channel()).isPresent();
    }
  }
}
