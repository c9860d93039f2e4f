package dev.handfast.xa.transactional.internal;

import static net.bytebuddy.matcher.ElementMatchers.isDeclaredBy;
import static net.bytebuddy.matcher.ElementMatchers.isEquals;
import static net.bytebuddy.matcher.ElementMatchers.isFinalizer;
import static net.bytebuddy.matcher.ElementMatchers.isHashCode;
import static net.bytebuddy.matcher.ElementMatchers.isToString;
import static net.bytebuddy.matcher.ElementMatchers.not;

import java.lang.invoke.MethodHandles.Lookup;
import java.lang.reflect.InvocationHandler;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.FieldPersistence;
import net.bytebuddy.description.modifier.SyntheticState;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.dynamic.scaffold.subclass.ConstructorStrategy;
import net.bytebuddy.implementation.InvocationHandlerAdapter;
import net.bytebuddy.implementation.StubMethod;

/** The one class that needs Byte Buddy: generates a subclass that hands each call to a handler. */
final class Subclass {

  private Subclass() {}

  /** The finalizer of a proxy, which has nothing to end, does nothing. */
  static Class<?> define(Lookup lookup, Class<?> type, String name) {
    return new ByteBuddy()
        .subclass(type, ConstructorStrategy.Default.NO_CONSTRUCTORS)
        .name(name)
        .defineField(
            ProxyClasses.FIELD,
            InvocationHandler.class,
            Visibility.PACKAGE_PRIVATE,
            FieldPersistence.TRANSIENT,
            SyntheticState.SYNTHETIC)
        .method(not(isDeclaredBy(Object.class)).or(isEquals()).or(isHashCode()).or(isToString()))
        .intercept(InvocationHandlerAdapter.toField(ProxyClasses.FIELD))
        .method(isFinalizer())
        .intercept(StubMethod.INSTANCE)
        .make()
        .load(type.getClassLoader(), ClassLoadingStrategy.UsingLookup.of(lookup))
        .getLoaded();
  }
}
