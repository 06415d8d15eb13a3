package org.skillvoucher.simulator.load;

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

/** Plays a plan with a few workers, each with its own devices, connections and thread. */
final class LoadEngine implements AutoCloseable {
  private static final int WORKERS_MAX = 2;

  private final MultiThreadIoEventLoopGroup group;
  private final List<LoadWorker> workers = new ArrayList<>();

  /**
   * Which devices serve which classes.
   *
   * @param classes by class number
   * @param devices in the order of their numbers
   * @param devicesOfClass how many devices each class has
   */
  record ClassroomDevices(
      Map<Integer, DeviceSession.Classroom> classes,
      List<DeviceDesk.Enrolled> devices,
      int devicesOfClass) {
    ClassroomDevices {
      classes = Map.copyOf(classes);
      devices = List.copyOf(devices);
    }
  }

  private LoadEngine(int threads) {
    group =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("load", true), NioIoHandler.newFactory());
  }

  /** Starts a load; its first arrival is at the start of the context's business time. */
  static LoadEngine start(
      URI api,
      int connections,
      Iterable<Arrival> plan,
      ClassroomDevices devices,
      RunContext context,
      long seed) {
    int threads =
        Math.max(1, Math.min(WORKERS_MAX, Runtime.getRuntime().availableProcessors() / 2));
    LoadEngine engine = new LoadEngine(threads);
    SplittableRandom seeds = new SplittableRandom(seed);
    for (int i = 0; i < threads; i++) {
      engine.workers.add(new LoadWorker(engine.group.next(), context, seeds.nextLong()));
    }
    engine.start(api, connections, plan, devices);
    return engine;
  }

  /** Each worker iterates over the whole plan and takes the arrivals at its own devices. */
  private void start(URI api, int connections, Iterable<Arrival> plan, ClassroomDevices devices) {
    List<Map<Integer, DeviceSession>> sessions = sessions(devices);
    for (int i = 0; i < workers.size(); i++) {
      int own = connections / workers.size() + (i < connections % workers.size() ? 1 : 0);
      workers
          .get(i)
          .start(
              api,
              Math.max(1, own),
              new LoadWorker.Assignment(
                  plan.iterator(), sessions.get(i), devices.devicesOfClass()));
    }
  }

  /** The sessions of each worker; all sessions of one device belong to the same worker. */
  private List<Map<Integer, DeviceSession>> sessions(ClassroomDevices devices) {
    List<Map<Integer, DeviceSession>> sessions = new ArrayList<>();
    workers.forEach(worker -> sessions.add(new HashMap<>()));
    devices
        .classes()
        .forEach(
            (classNumber, classroom) -> {
              for (int place = 0; place < devices.devicesOfClass(); place++) {
                int number = classNumber * devices.devicesOfClass() + place;
                int index = number % devices.devices().size();
                int worker = index % workers.size();
                DeviceDesk.Enrolled device = devices.devices().get(index);
                sessions
                    .get(worker)
                    .put(
                        number,
                        new DeviceSession(
                            number,
                            classroom,
                            device.device(),
                            device.token(),
                            workers.get(worker)));
              }
            });
    return sessions;
  }

  /** Whether every arrival was answered or dropped. */
  boolean isIdle() {
    return workers.stream().allMatch(LoadWorker::isIdle);
  }

  /** Ends the arrivals before the plan does. */
  void stopArrivals() {
    workers.forEach(LoadWorker::stopArrivals);
  }

  /** Drops the arrivals that wait for a device; in-flight statements are still completed. */
  void dropQueues() {
    workers.forEach(LoadWorker::dropQueues);
  }

  @Override
  public void close() {
    workers.forEach(LoadWorker::close);
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
