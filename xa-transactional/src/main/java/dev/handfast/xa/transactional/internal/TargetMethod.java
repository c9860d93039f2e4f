package dev.handfast.xa.transactional.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * A method of the target as a proxy calls it.
 *
 * @param method as the proxy's callers know it
 * @param transaction what its annotations mean, or null if it has none
 */
record TargetMethod(Method method, @Nullable MethodTransaction transaction) {

  @Nullable Object call(Object target, @Nullable Object @Nullable [] arguments) throws Throwable {
    return transaction == null
        ? invoked(target, arguments)
        : transaction.call(() -> invoked(target, arguments));
  }

  private @Nullable Object invoked(Object target, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }
}
