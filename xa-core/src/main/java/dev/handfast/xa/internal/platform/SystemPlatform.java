package dev.handfast.xa.internal.platform;

import dev.handfast.xa.internal.disk.Disk;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The clocks, threads and random numbers of the machine. */
final class SystemPlatform implements Platform {

  static final Platform INSTANCE = new SystemPlatform();

  private final SecureRandom random = new SecureRandom();

  private SystemPlatform() {}

  @Override
  public Disk disk() {
    return Disk.machine();
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void sleep(Duration wait) throws InterruptedException {
    Thread.sleep(wait.toMillis());
  }

  @Override
  public ThreadFactory daemons(String name) {
    return task -> daemon(task, name);
  }

  @Override
  public ThreadFactory numberedDaemons(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> daemon(task, name + "-" + count.incrementAndGet());
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
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
