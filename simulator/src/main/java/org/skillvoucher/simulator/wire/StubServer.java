package org.skillvoucher.simulator.wire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTP server on the loopback address: routes by method and path, reads bounded bodies,
 * turns bad input into 4xx JSON. It logs methods, paths and statuses, never a body or a header.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whether the caller still listens is the caller's
public final class StubServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StubServer.class);
  private static final int BACKLOG_CONNECTIONS = 512;

  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("stub", true), NioIoHandler.newFactory());

  /** Answers may take their time: each has a thread of its own. */
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Open connections, closed with the server, so that no caller waits for an answer in vain. */
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<String, Map<String, Function<StubRequest, StubReply>>> routes = new TreeMap<>();
  private final int bodyBytesMax;
  private final Channel server;

  /** Answers one request. {@code method path} names it, such as {@code POST /evidence}. */
  public record Route(String method, String path, Function<StubRequest, StubReply> handler) {}

  private StubServer(int port, int bodyBytesMax, Route... routes) {
    this.bodyBytesMax = bodyBytesMax;
    for (Route route : routes) {
      this.routes
          .computeIfAbsent(route.path(), path -> new TreeMap<>())
          .put(route.method(), route.handler());
    }
    var binding =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG_CONNECTIONS)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new Connections())
            .bind("127.0.0.1", port)
            .awaitUninterruptibly();
    if (!binding.isSuccess()) {
      loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      throw new PortTaken("cannot listen on port " + port, binding.cause());
    }
    server = binding.channel();
  }

  /**
   * Starts a server.
   *
   * @param port 0 takes a free one
   * @throws PortTaken when it is
   */
  public static StubServer start(int port, int bodyBytesMax, Route... routes) {
    return new StubServer(port, bodyBytesMax, routes);
  }

  public String url() {
    return "http://127.0.0.1:" + ((InetSocketAddress) server.localAddress()).getPort();
  }

  /** Delays an answer, as a hanging system does; ends early when the server closes. */
  public void hang(long millis) {
    try {
      boolean closed = closing.await(millis, TimeUnit.MILLISECONDS);
      LOG.debug("a hanging answer ended{}", closed ? " with the server" : "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.close().awaitUninterruptibly();
    connections.close().awaitUninterruptibly();
    threads.shutdownNow();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private final class Connections extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      connections.add(channel);
      channel
          .pipeline()
          .addLast(
              new HttpServerCodec(),
              new HttpServerExpectContinueHandler(),
              new HttpObjectAggregator(bodyBytesMax) {
                @Override
                protected void handleOversizedMessage(
                    ChannelHandlerContext context, HttpMessage oversized) {
                  // The rest is read and dropped: closing on what was not read yet would reset the
                  // connection, and the caller might never see the answer.
                  write(context, tooLarge(), true);
                }
              },
              new Requests());
    }
  }

  private StubReply tooLarge() {
    return StubReply.problem(413, "too_large", "at most " + bodyBytesMax + " bytes");
  }

  private final class Requests extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      boolean keepAlive = HttpUtil.isKeepAlive(request);
      StubRequest read =
          new StubRequest(
              request.method().name(),
              new QueryStringDecoder(request.uri()).path(),
              request.headers().copy(),
              ByteBufUtil.getBytes(request.content()));
      try {
        threads.execute(() -> write(context, answer(read), keepAlive));
      } catch (RejectedExecutionException e) {
        context.close(); // the server is closing
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  private static void write(ChannelHandlerContext context, StubReply reply, boolean keepAlive) {
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(reply.status()),
            Unpooled.wrappedBuffer(reply.body()));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=utf-8")
        .setInt(HttpHeaderNames.CONTENT_LENGTH, reply.body().length);
    reply.headers().forEach(response.headers()::set);
    if (keepAlive) {
      context.writeAndFlush(response, context.voidPromise());
    } else {
      response.headers().set(HttpHeaderNames.CONNECTION, "close");
      context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private StubReply answer(StubRequest request) {
    StubReply reply = reply(request);
    LOG.debug("{} {} {}", request.method(), request.path(), reply.status());
    return reply;
  }

  private StubReply reply(StubRequest request) {
    Map<String, Function<StubRequest, StubReply>> methods = routes.get(request.path());
    if (methods == null) {
      return StubReply.problem(404, "not_found", "no such path");
    }
    Function<StubRequest, StubReply> handler = methods.get(request.method());
    if (handler == null) {
      return StubReply.problem(
          405, "method_not_allowed", "use " + String.join(", ", methods.keySet()));
    }
    try {
      return handler.apply(request);
    } catch (BadRequest e) {
      return StubReply.problem(e.status(), e.code(), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("{} {} broke", request.method(), request.path(), e);
      return StubReply.problem(500, "broken", "see the log");
    }
  }
}
