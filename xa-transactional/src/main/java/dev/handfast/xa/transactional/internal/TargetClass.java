package dev.handfast.xa.transactional.internal;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The class of the object that does the work, with all that it inherits. */
final class TargetClass {

  private static final Set<String> OF_EVERY_OBJECT =
      Set.of("equals", "hashCode", "toString", "finalize");

  private final Class<?> type;
  private final TypeArguments arguments;
  private final List<Class<?>> classes = new ArrayList<>();
  private final Set<Class<?>> interfaces = new LinkedHashSet<>();

  TargetClass(Class<?> type) {
    this.type = type;
    this.arguments = new TypeArguments(type);
    for (Class<?> each : chain(type)) {
      classes.add(each);
      interfaces.addAll(interfaces(each));
    }
  }

  /** A class and its superclasses, without Object. */
  static List<Class<?>> chain(Class<?> type) {
    List<Class<?>> chain = new ArrayList<>();
    for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
      chain.add(each);
    }
    return chain;
  }

  /** What a class implements or an interface extends by itself, the nearest first. */
  static Set<Class<?>> interfaces(Class<?> type) {
    Set<Class<?>> found = new LinkedHashSet<>(Arrays.asList(type.getInterfaces()));
    for (Class<?> each : type.getInterfaces()) {
      found.addAll(interfaces(each));
    }
    return found;
  }

  Class<?> type() {
    return type;
  }

  List<Class<?>> classes() {
    return classes;
  }

  Set<Class<?>> interfaces() {
    return interfaces;
  }

  boolean sameParameters(Method one, Method other) {
    return arguments.sameParameters(one, other);
  }

  /** What an object says about itself, which runs in no transaction. */
  static boolean isOfEveryObject(Method method) {
    return OF_EVERY_OBJECT.contains(method.getName())
        && method.getParameterCount() == (method.getName().equals("equals") ? 1 : 0)
        && (!method.getName().equals("equals") || method.getParameterTypes()[0] == Object.class);
  }

  static boolean is(Method method, int modifier) {
    return (method.getModifiers() & modifier) != 0;
  }

  /** The method whose code runs when another one is called on the target. */
  Method implementing(Method called) {
    return classes.stream()
        .flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
        .filter(each -> overrides(each, called))
        .findFirst()
        .orElseGet(() -> inherited(called));
  }

  /** A bridge only calls the method that it stands for. */
  private boolean overrides(Method each, Method called) {
    return !each.isBridge()
        && !is(each, Modifier.STATIC | Modifier.PRIVATE)
        && sameParameters(each, called)
        && isSeenBy(each, called.getDeclaringClass());
  }

  private static boolean isSeenBy(Method each, Class<?> other) {
    return is(each, Modifier.PUBLIC | Modifier.PROTECTED)
        || each.getDeclaringClass().getPackageName().equals(other.getPackageName());
  }

  /** The default method of the interface that is below the others that have one. */
  private Method inherited(Method called) {
    List<Method> defaults =
        interfaces.stream()
            .flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
            .filter(each -> each.isDefault() && !each.isBridge() && sameParameters(each, called))
            .toList();
    return defaults.stream()
        .filter(each -> defaults.stream().noneMatch(other -> isBelow(other, each)))
        .findFirst()
        .orElse(called);
  }

  private static boolean isBelow(Method one, Method other) {
    return !one.equals(other)
        && other.getDeclaringClass().isAssignableFrom(one.getDeclaringClass());
  }

  /** Whether an interface declares or inherits a method. */
  boolean has(Class<?> anInterface, Method method) {
    return Stream.concat(Stream.of(anInterface), interfaces(anInterface).stream())
        .flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
        .anyMatch(each -> !each.isBridge() && sameParameters(each, method));
  }
}
