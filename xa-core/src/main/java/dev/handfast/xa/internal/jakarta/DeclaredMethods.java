package dev.handfast.xa.internal.jakarta;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Which method that declares its transaction runs on the calling thread, and what is configured for
 * such methods. A thread keeps nothing of ours between two of them: what it has is a reference of
 * the JDK's that holds nothing, so that the classes of a runtime can be freed. Safe for use by many
 * threads.
 */
public final class DeclaredMethods {

  private final Map<String, Duration> timeouts;

  @SuppressWarnings("ThreadLocalUsage") // one for each runtime
  private final ThreadLocal<AtomicReference<@Nullable Method>> running =
      ThreadLocal.withInitial(AtomicReference::new);

  /**
   * @param timeouts by the names of classes, or of methods after that of their class and a dot
   */
  public DeclaredMethods(Map<String, Duration> timeouts) {
    this.timeouts = Map.copyOf(timeouts);
  }

  /** As messages and keys name it: the class that declares it, a dot, and its own name. */
  public static String name(Method method) {
    return method.getDeclaringClass().getName() + "." + method.getName();
  }

  /** The timeout that is configured for a method, or else for its class, or null. */
  public @Nullable Duration timeout(Method method) {
    Duration own = timeouts.get(name(method));
    return own == null ? timeouts.get(method.getDeclaringClass().getName()) : own;
  }

  /**
   * From now on a method runs on the calling thread, or none that leaves no transaction to the
   * thread's own code.
   *
   * @return the one before, which is to be set again
   */
  public @Nullable Method run(@Nullable Method method) {
    AtomicReference<@Nullable Method> own = running.get();
    Method before = own.getPlain();
    own.setPlain(method);
    return before;
  }

  /**
   * Lets the calling thread begin and end transactions by hand.
   *
   * @throws IllegalStateException if a method declares what the transaction is
   */
  void requireNone() {
    Method method = running.get().getPlain();
    if (method != null) {
      throw new IllegalStateException(
          "UserTransaction cannot be used while "
              + name(method)
              + " runs, which declares its transaction. To solve this, leave the transaction to"
              + " that method, or let it be NOT_SUPPORTED or NEVER.");
    }
  }
}
