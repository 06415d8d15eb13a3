package org.skillvoucher.simulator.load;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.skillvoucher.simulator.device.DeviceDesk;

/** Plays a plan: each device on one of a few threads. */
final class Engine implements AutoCloseable {
  private static final int WORKERS_MAX = 2;

  private final MultiThreadIoEventLoopGroup group;
  private final List<LoadWorker> workers = new ArrayList<>();

  /**
   * Where people scan.
   *
   * @param classes by class number
   * @param devices in the order of their numbers
   * @param devicesOfClass at the door of each class
   */
  record Doors(
      Map<Integer, DeviceSession.Classroom> classes,
      List<DeviceDesk.Enrolled> devices,
      int devicesOfClass) {
    Doors {
      classes = Map.copyOf(classes);
      devices = List.copyOf(devices);
    }
  }

  private Engine(int threads) {
    group =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("load", true), NioIoHandler.newFactory());
  }

  /** Begins a load; the first arrival comes when its course says so. */
  static Engine begin(
      URI api,
      int connections,
      Iterable<Tap> taps,
      Doors doors,
      LoadWorker.Course course,
      long seed) {
    int threads =
        Math.max(1, Math.min(WORKERS_MAX, Runtime.getRuntime().availableProcessors() / 2));
    Engine engine = new Engine(threads);
    SplittableRandom seeds = new SplittableRandom(seed);
    for (int i = 0; i < threads; i++) {
      EventLoop loop = engine.group.next();
      engine.workers.add(new LoadWorker(loop, course, seeds.nextLong()));
    }
    engine.begin(api, connections, taps, doors);
    return engine;
  }

  /** Every lane goes through the plan by itself, and takes who comes to its own devices. */
  private void begin(URI api, int connections, Iterable<Tap> taps, Doors doors) {
    List<Map<Integer, DeviceSession>> chains = new ArrayList<>();
    workers.forEach(lane -> chains.add(new HashMap<>()));
    doors
        .classes()
        .forEach(
            (classNumber, classroom) -> {
              for (int place = 0; place < doors.devicesOfClass(); place++) {
                int number = classNumber * doors.devicesOfClass() + place;
                int which = number % doors.devices().size();
                int lane = which % workers.size();
                DeviceDesk.Enrolled device = doors.devices().get(which);
                chains
                    .get(lane)
                    .put(
                        number,
                        new DeviceSession(
                            number, classroom, device.device(), device.token(), workers.get(lane)));
              }
            });
    for (int i = 0; i < workers.size(); i++) {
      int share = connections / workers.size() + (i < connections % workers.size() ? 1 : 0);
      workers
          .get(i)
          .begin(
              api,
              Math.max(1, share),
              new LoadWorker.Share(taps.iterator(), chains.get(i), doors.devicesOfClass()));
    }
  }

  /** Whether everybody who came was served. */
  boolean isIdle() {
    return workers.stream().allMatch(LoadWorker::isIdle);
  }

  /** Nobody comes any more. */
  void stopArrivals() {
    workers.forEach(LoadWorker::stopArrivals);
  }

  /** Who waits at a door goes home. What is under way is settled. */
  void closeDoors() {
    workers.forEach(LoadWorker::closeDoors);
  }

  @Override
  public void close() {
    workers.forEach(LoadWorker::close);
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
