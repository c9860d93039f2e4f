package dev.handfast.xa.scripted;

import dev.handfast.xa.internal.disk.Disk;
import dev.handfast.xa.internal.platform.Platform;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** That of the machine, with a time of day that the test sets and threads that it may refuse. */
public final class TestPlatform implements Platform {

  private final Platform machine = Platform.system();
  private final Disk disk;
  private final RandomGenerator random;
  private volatile Duration step = Duration.ZERO;
  private volatile String refused = "none";
  private final AtomicLong stopped = new AtomicLong();
  private final Map<String, Long> readings = new ConcurrentHashMap<>();

  public TestPlatform() {
    this(Disk.machine());
  }

  public TestPlatform(Disk disk) {
    this(disk, new SecureRandom());
  }

  /** With random numbers that may be the same each time. */
  public TestPlatform(Disk disk, RandomGenerator random) {
    this.disk = disk;
    this.random = random;
  }

  /** The time of day is so far from that of the machine from now on. */
  public void step(Duration away) {
    step = away;
  }

  /** No thread of that name is to be had from now on. */
  public void refuseThreads(String name) {
    refused = name;
  }

  /** Stops the clock that never jumps at a moment. */
  public void stopAt(long moment) {
    stopped.set(moment);
  }

  @Override
  public Disk disk() {
    return disk;
  }

  @Override
  public Instant now() {
    return machine.now().plus(step);
  }

  /** How often a thread of that name has read the clock that never jumps. */
  public long readings(String thread) {
    return readings.getOrDefault(thread, 0L);
  }

  @Override
  public long nanoTime() {
    readings.merge(Thread.currentThread().getName(), 1L, Long::sum);
    long moment = stopped.get();
    return moment == 0 ? machine.nanoTime() : moment;
  }

  @Override
  public void sleep(Duration wait) throws InterruptedException {
    machine.sleep(wait);
  }

  @Override
  public ThreadFactory daemons(String name) {
    return refusable(name, machine.daemons(name));
  }

  @Override
  public ThreadFactory numberedDaemons(String name) {
    return refusable(name, machine.numberedDaemons(name));
  }

  private ThreadFactory refusable(String name, ThreadFactory threads) {
    return task -> {
      if (name.equals(refused)) {
        throw new OutOfMemoryError("unable to create native thread");
      }
      return threads.newThread(task);
    };
  }

  @Override
  public int randomInt() {
    return random.nextInt();
  }

  @Override
  public int randomInt(int bound) {
    return random.nextInt(bound);
  }
}
