package dev.handfast.xa.transactional.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import org.jspecify.annotations.Nullable;

/**
 * The generated subclasses of the classes that have proxies. Each is in the package and the loader
 * of its superclass and knows nothing but that class and the JDK, so it goes with its loader, and
 * every Handfast that sees the superclass can use it. Their table is that of the loader.
 */
final class ProxyClasses {

  /** The number changes with what is generated. */
  static final String SUFFIX = "$$Handfast1";

  static final String FIELD = "handfast$handler";

  private ProxyClasses() {}

  /**
   * Makes a proxy; no constructor of its class runs.
   *
   * @throws IllegalStateException if something is missing that is needed to make it
   */
  static <T> T proxy(Class<T> type, InvocationHandler handler) {
    try {
      Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
      Class<?> generated = generated(lookup, type);
      Object proxy = withoutConstructor(generated);
      lookup.findSetter(generated, FIELD, InvocationHandler.class).invoke(proxy, handler);
      return type.cast(proxy);
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException(
          "There is no transactional proxy of "
              + type.getName()
              + ": its package is closed to Handfast. To solve this, open the package "
              + type.getPackageName()
              + " to the module "
              + ProxyClasses.class.getModule().getName()
              + ", or give an interface as the type.",
          e);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("The proxy of " + type.getName() + " cannot be made", e);
    }
  }

  /** The handler of an object of a generated class; null for any other. */
  static @Nullable InvocationHandler handler(Object object) {
    if (!object.getClass().getName().endsWith(SUFFIX)) {
      return null;
    }
    try {
      Field field = object.getClass().getDeclaredField(FIELD);
      return field.trySetAccessible() ? (InvocationHandler) field.get(object) : null;
    } catch (NoSuchFieldException | IllegalAccessException e) {
      return null;
    }
  }

  private static Class<?> generated(Lookup lookup, Class<?> type) throws Exception {
    String name = type.getName() + SUFFIX;
    try {
      return lookup.findClass(name);
    } catch (ClassNotFoundException e) {
      requireByteBuddy();
    }
    try {
      return Subclass.define(lookup, type, name);
    } catch (LinkageError e) {
      return foundAfter(e, lookup, name);
    }
  }

  /** Another thread, or another Handfast, was faster. */
  private static Class<?> foundAfter(LinkageError failure, Lookup lookup, String name)
      throws IllegalAccessException {
    try {
      return lookup.findClass(name);
    } catch (ClassNotFoundException e) {
      failure.addSuppressed(e);
      throw failure;
    }
  }

  private static void requireByteBuddy() {
    require(
        "net.bytebuddy.ByteBuddy",
        "the proxy of a class needs net.bytebuddy:byte-buddy, which is not there",
        "add that artifact (on the module path: and --add-modules net.bytebuddy), or give an"
            + " interface as the type");
  }

  private static Class<?> require(String name, String missing, String mend) {
    try {
      return Class.forName(name, false, ProxyClasses.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "Handfast.transactional: " + missing + ". To solve this, " + mend + ".", e);
    }
  }

  /**
   * As deserialization does it: the target has its state already, and a constructor may do
   * anything, such as counting its objects. By reflection, since javac warns of the class; it is
   * one that the JDK supports for this.
   */
  private static Object withoutConstructor(Class<?> type) throws ReflectiveOperationException {
    Class<?> reflection =
        require(
            "sun.reflect.ReflectionFactory",
            "the proxy of a class needs the JDK's module jdk.unsupported, which is not there",
            "add --add-modules jdk.unsupported, or give an interface as the type");
    Object factory = reflection.getMethod("getReflectionFactory").invoke(null);
    Object constructor =
        reflection
            .getMethod("newConstructorForSerialization", Class.class, Constructor.class)
            .invoke(factory, type, Object.class.getConstructor());
    return ((Constructor<?>) constructor).newInstance();
  }
}
