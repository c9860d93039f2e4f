package dev.handfast.xa.transactional.internal;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Why a type can have no proxy that hands every call on. */
final class TypeRules {

  private static final String INTERFACE = "give an interface as the type";

  private final Class<?> type;
  private final Refusals refusals;

  private TypeRules(Class<?> type, Refusals refusals) {
    this.type = type;
    this.refusals = refusals;
  }

  static void check(Class<?> type, Refusals refusals) {
    TypeRules rules = new TypeRules(type, refusals);
    if (type.isInterface()) {
      rules.checkInterface();
    } else if (rules.mayHaveSubclasses()) {
      TargetClass.chain(type).forEach(rules::checkMembers);
    }
  }

  private void checkInterface() {
    if (type.isSealed() || type.isAnnotation()) {
      refusals.add(
          type.getName() + (type.isSealed() ? " is sealed" : " is an annotation"),
          "give an interface that is open to other implementations, for example one below or above"
              + " it");
    }
  }

  private boolean mayHaveSubclasses() {
    String kind = kind();
    if (kind != null) {
      refusals.add(type.getName() + " is " + kind + ", of which there is no subclass", INTERFACE);
    }
    return kind == null;
  }

  private @Nullable String kind() {
    if (type.isPrimitive() || type.isArray()) {
      return "no class with methods";
    }
    if (type.isRecord()) {
      return "a record";
    }
    if (Enum.class.isAssignableFrom(type)) {
      return "an enum";
    }
    if (type.isHidden()) {
      return "a hidden class";
    }
    if (Modifier.isFinal(type.getModifiers())) {
      return "final";
    }
    return type.isSealed() ? "sealed" : null;
  }

  private void checkMembers(Class<?> each) {
    Arrays.stream(each.getDeclaredMethods())
        .filter(method -> !TargetClass.is(method, Modifier.STATIC | Modifier.PRIVATE))
        .filter(method -> !method.isSynthetic())
        .forEach(this::checkMethod);
    Arrays.stream(each.getDeclaredFields())
        .filter(field -> Modifier.isPublic(field.getModifiers()))
        .filter(field -> !Modifier.isStatic(field.getModifiers()))
        .forEach(this::checkField);
  }

  private void checkMethod(Method method) {
    if (TargetClass.is(method, Modifier.FINAL)) {
      refusals.add(
          MethodNames.of(method) + " is final, and would run on the proxy instead of the target",
          "make it private or not final, or " + INTERFACE);
    } else if (!TargetClass.is(method, Modifier.PUBLIC | Modifier.PROTECTED)
        && !isOfThePackage(method.getDeclaringClass())) {
      refusals.add(
          MethodNames.of(method)
              + " is of another package than the type, which cannot override it; it would run on"
              + " the proxy instead of the target",
          "make it private or protected, or " + INTERFACE);
    }
  }

  private boolean isOfThePackage(Class<?> other) {
    return other.getPackageName().equals(type.getPackageName())
        && other.getClassLoader() == type.getClassLoader();
  }

  private void checkField(Field field) {
    refusals.add(
        field.getDeclaringClass().getName()
            + "."
            + field.getName()
            + " is a public field, and that of the proxy is not that of the target",
        "make it private, or " + INTERFACE);
  }
}
