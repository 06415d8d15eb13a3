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
import org.skillvoucher.simulator.load.Lane.Arrival;

/** Plays a plan: each device on one of a few threads. */
final class Engine implements AutoCloseable {
  private static final int LANES_MAX = 2;

  private final MultiThreadIoEventLoopGroup group;
  private final List<Lane> lanes = new ArrayList<>();

  /**
   * Where people scan.
   *
   * @param classes by class number
   * @param devices in the order of their numbers
   * @param devicesOfClass at the door of each class
   */
  record Doors(
      Map<Integer, Chain.Classroom> classes,
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
      URI api, int connections, List<Tap> taps, Doors doors, Lane.Course course, long seed) {
    int threads = Math.max(1, Math.min(LANES_MAX, Runtime.getRuntime().availableProcessors() / 2));
    Engine engine = new Engine(threads);
    SplittableRandom seeds = new SplittableRandom(seed);
    for (int i = 0; i < threads; i++) {
      EventLoop loop = engine.group.next();
      engine.lanes.add(new Lane(loop, course, seeds.nextLong()));
    }
    engine.begin(api, connections, taps, doors);
    return engine;
  }

  private void begin(URI api, int connections, List<Tap> taps, Doors doors) {
    Map<Integer, Chain> chains = new HashMap<>();
    List<List<Arrival>> arrivals = new ArrayList<>();
    List<List<Chain>> chainsOf = new ArrayList<>();
    lanes.forEach(
        lane -> {
          arrivals.add(new ArrayList<>());
          chainsOf.add(new ArrayList<>());
        });
    for (Tap tap : taps) {
      int number =
          tap.classNumber() * doors.devicesOfClass() + tap.person() % doors.devicesOfClass();
      int device = number % doors.devices().size();
      int lane = device % lanes.size();
      Chain chain = chains.get(number);
      if (chain == null) {
        chain =
            chain(number, tap.classNumber(), doors.devices().get(device), lanes.get(lane), doors);
        chains.put(number, chain);
        chainsOf.get(lane).add(chain);
      }
      arrivals.get(lane).add(new Arrival(tap, chain));
    }
    for (int i = 0; i < lanes.size(); i++) {
      int share = connections / lanes.size() + (i < connections % lanes.size() ? 1 : 0);
      lanes.get(i).begin(api, Math.max(1, share), chainsOf.get(i), arrivals.get(i));
    }
  }

  private static Chain chain(
      int number, int classNumber, DeviceDesk.Enrolled device, Lane lane, Doors doors) {
    Chain.Classroom classroom = doors.classes().get(classNumber);
    if (classroom == null) {
      throw new IllegalArgumentException("class " + classNumber + " is not on file here");
    }
    return new Chain(number, classroom, device.device(), device.token(), lane);
  }

  /** Whether everybody who came was served. */
  boolean isIdle() {
    return lanes.stream().allMatch(Lane::isIdle);
  }

  /** Nobody comes any more. */
  void stopArrivals() {
    lanes.forEach(Lane::stopArrivals);
  }

  /** Who waits at a door goes home. What is under way is settled. */
  void closeDoors() {
    lanes.forEach(Lane::closeDoors);
  }

  @Override
  public void close() {
    lanes.forEach(Lane::close);
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
