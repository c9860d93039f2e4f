package dev.handfast.xa.outcome;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.internal.log.slot.Pages;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Stands between a started runtime and its slot file, and fails so many forces as it is told. */
final class FailingPages implements InvocationHandler {

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final AtomicInteger failures = new AtomicInteger();
  private @Nullable Pages real;
  private @Nullable Pages between;

  static FailingPages in(Handfast handfast) throws IllegalAccessException {
    FailingPages pages = new FailingPages();
    pages.replaceIn(handfast);
    if (pages.real == null) {
      throw new AssertionError("no slot file was found in the runtime");
    }
    return pages;
  }

  void fail(int forces) {
    failures.set(forces);
  }

  private void replaceIn(Object owner) throws IllegalAccessException {
    if (!seen.add(owner)) {
      return;
    }
    for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (type.getName().startsWith("dev.handfast.xa.")
            && !type.isRecord()
            && !field.getType().isPrimitive()
            && !Modifier.isStatic(field.getModifiers())) {
          visit(owner, field);
        }
      }
    }
  }

  private void visit(Object owner, Field field) throws IllegalAccessException {
    field.setAccessible(true);
    Object value = field.get(owner);
    if (value instanceof Pages pages && field.getType() == Pages.class) {
      field.set(owner, proxy(pages));
    } else if (value != null && value.getClass().getName().startsWith("dev.handfast.xa.internal")) {
      replaceIn(value);
    }
  }

  private Pages proxy(Pages pages) {
    if (between == null) {
      real = pages;
      between =
          (Pages)
              Proxy.newProxyInstance(
                  Pages.class.getClassLoader(), new Class<?>[] {Pages.class}, this);
    }
    return between;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object[] args)
      throws Throwable {
    if (method.getName().equals("force") && failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      throw new IOException("injected");
    }
    try {
      return method.invoke(real, args);
    } catch (InvocationTargetException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }
}
