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

/** One kept connection, with one request on it at a time. For its lane's thread. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is heard by the pipeline's last handler
final class KeepAliveConnection {
  private static final int CONNECT_MILLIS_MAX = 3_000;
  private static final int ANSWER_BYTES_MAX = 8 << 20;
  private static final long AGAIN_MILLIS = 100;
  static final Duration ANSWER_MAX = Duration.ofSeconds(15);

  private final EventLoop loop;
  private final URI api;
  private final Listener listener;
  private Optional<Channel> channel = Optional.empty();
  private Optional<PendingStatement> under = Optional.empty();
  private boolean closed;

  /** Who hears what becomes of it. */
  interface Listener {
    void isFree(KeepAliveConnection wire);

    /** It is not, until it says so again. */
    void isGone(KeepAliveConnection wire);

    void answered(PendingStatement errand, StatementReply reply);
  }

  KeepAliveConnection(EventLoop loop, URI api, Listener listener) {
    this.loop = loop;
    this.api = api;
    this.listener = listener;
  }

  void connect() {
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS_MAX)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel fresh) {
                    fresh
                        .pipeline()
                        .addLast(
                            new HttpClientCodec(),
                            new HttpObjectAggregator(ANSWER_BYTES_MAX),
                            new Answers());
                  }
                })
            .connect(api.getHost(), api.getPort());
    connecting.addListener(
        done -> {
          if (!done.isSuccess()) {
            lost("not_connected");
          }
        });
  }

  /** Only on an open wire that is free. */
  void send(PendingStatement errand) {
    under = Optional.of(errand);
    DefaultFullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.POST,
            errand.path(),
            Unpooled.wrappedBuffer(errand.body()));
    request
        .headers()
        .set(HttpHeaderNames.HOST, api.getAuthority())
        .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
        .set(HttpHeaderNames.AUTHORIZATION, "Bearer " + errand.chain().token())
        .set("Idempotency-Key", errand.key())
        .setInt(HttpHeaderNames.CONTENT_LENGTH, request.content().readableBytes());
    errand.sent(System.nanoTime());
    Channel open = channel.orElseThrow();
    open.writeAndFlush(request, open.voidPromise());
  }

  /** Gives up an answer that does not come; the outcome is unknown then. */
  void checkTime(long nanos) {
    if (under.isPresent() && nanos - under.get().sentNanos() > ANSWER_MAX.toNanos()) {
      end("timeout");
    }
  }

  void close() {
    closed = true;
    channel.ifPresent(Channel::close);
  }

  private void end(String why) {
    Optional<Channel> old = channel;
    lost(why);
    old.ifPresent(Channel::close);
  }

  /** Whatever was under way was not answered; another connection is made a moment later. */
  private void lost(String why) {
    channel = Optional.empty();
    listener.isGone(this);
    Optional<PendingStatement> left = under;
    under = Optional.empty();
    if (!closed && !loop.isShuttingDown()) {
      loop.schedule(this::connect, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }
    left.ifPresent(errand -> listener.answered(errand, StatementReply.none(why)));
  }

  private final class Answers extends SimpleChannelInboundHandler<FullHttpResponse> {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      if (closed) {
        context.close();
        return;
      }
      channel = Optional.of(context.channel());
      listener.isFree(KeepAliveConnection.this);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
      if (!isCurrent(context) || under.isEmpty()) {
        return;
      }
      PendingStatement errand = under.get();
      under = Optional.empty();
      StatementReply reply =
          StatementReply.of(
              response.status().code(),
              ByteBufUtil.getBytes(response.content()),
              response.headers().getInt("Retry-After", 0));
      if (HttpUtil.isKeepAlive(response)) {
        listener.isFree(KeepAliveConnection.this);
      } else {
        end("closed");
      }
      listener.answered(errand, reply);
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
        end("broken_off");
      } else {
        context.close();
      }
    }

    private boolean isCurrent(ChannelHandlerContext context) {
      return channel.filter(current -> current == context.channel()).isPresent();
    }
  }
}
