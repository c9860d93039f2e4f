package dev.handfast.xa.artemis.internal.listen;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Starts the threads of receivers: daemons, or virtual ones where the JDK has them. */
final class ReceiverThreads {

  private static final @Nullable MethodHandle VIRTUAL = find();

  private ReceiverThreads() {}

  private static @Nullable MethodHandle find() {
    try {
      return MethodHandles.publicLookup()
          .findStatic(
              Thread.class,
              "startVirtualThread",
              MethodType.methodType(Thread.class, Runnable.class));
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return null; // before Java 21
    }
  }

  static Thread start(String name, boolean virtual, Runnable work) {
    return virtual && VIRTUAL != null ? startVirtual(VIRTUAL, name, work) : daemon(name, work);
  }

  private static Thread startVirtual(MethodHandle starter, String name, Runnable work) {
    try {
      return (Thread)
          starter.invokeExact(
              (Runnable)
                  () -> {
                    Thread.currentThread().setName(name);
                    work.run();
                  });
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("A virtual thread could not be started", e);
    }
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
