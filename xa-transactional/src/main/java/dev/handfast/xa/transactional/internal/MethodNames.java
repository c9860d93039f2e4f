package dev.handfast.xa.transactional.internal;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Names methods for readers. */
final class MethodNames {

  private MethodNames() {}

  /** With class and parameters, {@code com.acme.Orders.book(String)}. */
  static String of(Method method) {
    return method.getDeclaringClass().getName()
        + "."
        + method.getName()
        + Arrays.stream(method.getParameterTypes())
            .map(Class::getSimpleName)
            .collect(Collectors.joining(", ", "(", ")"));
  }
}
