package dev.handfast.xa.transactional.internal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hands the calls of a proxy to its target, each in its transaction. */
final class TargetHandler implements InvocationHandler {

  private final Object target;
  private final Map<Method, TargetMethod> methods;

  TargetHandler(Object target, Map<Method, TargetMethod> methods) {
    this.target = target;
    this.methods = methods;
  }

  /** The handler of a proxy of ours; null for any other object. */
  static @Nullable TargetHandler of(@Nullable Object object) {
    if (object == null) {
      return null;
    }
    InvocationHandler handler =
        Proxy.isProxyClass(object.getClass())
            ? Proxy.getInvocationHandler(object)
            : ProxyClasses.handler(object);
    return handler instanceof TargetHandler ours ? ours : null;
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    TargetMethod known = methods.get(method);
    return known == null ? ofTheObject(proxy, method, arguments) : known.call(target, arguments);
  }

  private Object ofTheObject(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
    if (!TargetClass.isOfEveryObject(method)) {
      throw new IllegalStateException(
          MethodNames.of(method) + " was not there when the proxy was made");
    }
    return switch (method.getName()) {
      case "hashCode" -> target.hashCode();
      case "toString" -> String.valueOf(target);
      default -> isEqual(proxy, arguments == null ? null : arguments[0]);
    };
  }

  private boolean isEqual(Object proxy, @Nullable Object other) {
    if (proxy == other) {
      return true;
    }
    TargetHandler another = of(other);
    return another != null && target.equals(another.target);
  }
}
