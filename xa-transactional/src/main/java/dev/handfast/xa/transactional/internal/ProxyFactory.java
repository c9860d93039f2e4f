package dev.handfast.xa.transactional.internal;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.TransactionalProxies;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;

/** Makes the proxies of plain Java: of interfaces by the JDK, of classes by a subclass. */
public final class ProxyFactory implements TransactionalProxies {

  /** For the loader of services. */
  public ProxyFactory() {}

  @Override
  public <T> T proxy(Handfast handfast, Class<T> type, T target) {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(target, "target");
    Refusals refusals = new Refusals(type, target.getClass());
    requireFit(type, target, refusals);
    TypeRules.check(type, refusals);
    Map<Method, TargetMethod> methods = ProxyPlan.of(handfast, type, target.getClass(), refusals);
    refusals.throwIfAny();
    TargetHandler handler = new TargetHandler(target, methods);
    return type.isInterface()
        ? type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler))
        : ProxyClasses.proxy(type, handler);
  }

  private static void requireFit(Class<?> type, Object target, Refusals refusals) {
    if (!type.isInstance(target)) {
      refusals.add(
          "it is none" + (isOfAnotherLoader(type, target) ? " of this class loader" : ""),
          "give an object of the type");
    } else if (TargetHandler.of(target) != null) {
      refusals.add("it is such a proxy already", "use it, or give the object behind it");
    }
    refusals.throwIfAny();
  }

  private static boolean isOfAnotherLoader(Class<?> type, Object target) {
    return TargetClass.chain(target.getClass()).stream()
        .anyMatch(each -> each.getName().equals(type.getName()));
  }
}
