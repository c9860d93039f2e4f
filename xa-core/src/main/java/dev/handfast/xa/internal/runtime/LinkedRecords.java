package dev.handfast.xa.internal.runtime;

import dev.handfast.xa.spi.MessageLog;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;

/**
 * The records whose {@code equals}, {@code hashCode} and {@code toString} the JDK has linked. Java
 * 17 holds the last of them, and with it the class loader (JDK-8078641), until another one is
 * linked anywhere in the process.
 */
final class LinkedRecords {

  private static final MessageLog LOG = MessageLog.of(LinkedRecords.class);

  private LinkedRecords() {}

  /** Lets the JDK forget the last one, by linking these methods for a class of its own. */
  static void forget() {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      MethodHandle component =
          lookup.findVirtual(String.class, "strip", MethodType.methodType(String.class));
      link(
          lookup,
          component,
          "equals",
          MethodType.methodType(boolean.class, String.class, Object.class));
      link(lookup, component, "hashCode", MethodType.methodType(int.class, String.class));
      link(lookup, component, "toString", MethodType.methodType(String.class, String.class));
    } catch (Throwable e) {
      LOG.debug("The JDK may hold the last record that it has linked", e);
    }
  }

  private static void link(
      MethodHandles.Lookup lookup, MethodHandle component, String method, MethodType type)
      throws Throwable {
    ObjectMethods.bootstrap(lookup, method, type, String.class, "component", component);
  }
}
