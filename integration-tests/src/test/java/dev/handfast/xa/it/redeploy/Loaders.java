package dev.handfast.xa.it.redeploy;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The class loaders of an application that came and went. */
final class Loaders {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final List<Reference<ClassLoader>> gone = new ArrayList<>();

  void add(ClassLoader loader) {
    gone.add(new WeakReference<>(loader));
  }

  /** Says how many could not be freed, after as many collections as that takes. */
  String remaining() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long remain = count();
    while (remain > 0 && System.nanoTime() - end < 0) {
      System.gc();
      LockSupport.parkNanos(LOOK_NANOS);
      remain = count();
    }
    return remain + " of " + gone.size() + " class loaders remain";
  }

  private long count() {
    return gone.stream().filter(loader -> !loader.refersTo(null)).count();
  }
}
