package dev.handfast.xa.transactional.internal;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.transactional.Label;
import dev.handfast.xa.transactional.Timeout;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What each method of a proxy does. An annotated method that a proxy cannot run as annotated is a
 * reason against the proxy, so that none is without its transaction unnoticed.
 */
final class ProxyPlan {

  private final Handfast handfast;
  private final Class<?> type;
  private final TargetClass target;
  private final AnnotationSearch search;
  private final Refusals refusals;
  private final Map<Method, TargetMethod> methods = new HashMap<>();
  private final Map<Method, @Nullable MethodTransaction> transactions = new HashMap<>();
  private final Set<Method> reached = new HashSet<>();

  private ProxyPlan(Handfast handfast, Class<?> type, Class<?> target, Refusals refusals) {
    this.handfast = handfast;
    this.type = type;
    this.target = new TargetClass(target);
    this.search = new AnnotationSearch(this.target, type);
    this.refusals = refusals;
  }

  /** By each method that a caller of the proxy may call. */
  static Map<Method, TargetMethod> of(
      Handfast handfast, Class<?> type, Class<?> target, Refusals refusals) {
    ProxyPlan plan = new ProxyPlan(handfast, type, target, refusals);
    plan.called().forEach(plan::add);
    plan.target.classes().forEach(plan::checkAnnotated);
    plan.search.interfaces().forEach(plan::checkAnnotated);
    plan.requireOne();
    return Map.copyOf(plan.methods);
  }

  private List<Method> called() {
    Stream<Class<?>> types =
        type.isInterface()
            ? Stream.concat(Stream.of(type), TargetClass.interfaces(type).stream())
            : TargetClass.chain(type).stream()
                .flatMap(
                    each -> Stream.concat(Stream.of(each), TargetClass.interfaces(each).stream()));
    return types
        .flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
        .filter(method -> !TargetClass.is(method, Modifier.STATIC | Modifier.PRIVATE))
        .filter(method -> !TargetClass.isOfEveryObject(method))
        .toList();
  }

  private void add(Method called) {
    Method implementing = target.implementing(called);
    if (!transactions.containsKey(implementing)) {
      transactions.put(implementing, transaction(implementing));
    }
    if (!called.trySetAccessible()) {
      refusals.add(
          MethodNames.of(called) + " cannot be called from here",
          "open the package "
              + called.getDeclaringClass().getPackageName()
              + " to the module "
              + moduleName());
    }
    reached.add(implementing);
    methods.put(called, new TargetMethod(called, transactions.get(implementing)));
  }

  private static String moduleName() {
    String name = ProxyPlan.class.getModule().getName();
    return name == null ? "of Handfast" : name;
  }

  private @Nullable MethodTransaction transaction(Method implementing) {
    MethodAnnotations annotations = search.of(implementing);
    if (annotations == null) {
      return null;
    }
    TxType txType = annotations.transactional().value();
    String later = AsynchronousTypes.of(implementing);
    if (later != null && txType != TxType.NOT_SUPPORTED && txType != TxType.NEVER) {
      refusals.add(
          MethodNames.of(implementing)
              + " returns before its work is done ("
              + later
              + "), when its transaction would be over",
          "wait for the result in it, or let it be NOT_SUPPORTED and work in a transaction there");
    }
    try {
      return MethodTransaction.of(handfast, implementing, annotations);
    } catch (IllegalArgumentException e) {
      refusals.addAll(String.valueOf(e.getMessage()));
      return null;
    }
  }

  private void checkAnnotated(Class<?> declaring) {
    for (Method method : declaring.getDeclaredMethods()) {
      String annotation = annotationOf(method);
      if (annotation != null && !method.isBridge()) {
        checkAnnotated(method, annotation);
      }
    }
  }

  private static @Nullable String annotationOf(Method method) {
    for (var annotation : List.of(Transactional.class, Timeout.class, Label.class)) {
      if (method.isAnnotationPresent(annotation)) {
        return "@" + annotation.getSimpleName();
      }
    }
    return null;
  }

  private void checkAnnotated(Method method, String annotation) {
    String name = MethodNames.of(method);
    String has = name + " has " + annotation + " and ";
    if (TargetClass.is(method, Modifier.STATIC | Modifier.PRIVATE)) {
      refusals.add(
          has
              + (TargetClass.is(method, Modifier.STATIC) ? "is static" : "is private")
              + ", so that no proxy sees its calls",
          "make it "
              + (TargetClass.is(method, Modifier.STATIC) ? "an instance method" : "visible")
              + ", or take the annotation away");
    } else if (TargetClass.isOfEveryObject(method)) {
      refusals.add(has + "tells of the object itself, in no transaction", "take it away");
    } else if (!method.getDeclaringClass().isInterface()) {
      checkReached(method, has);
    }
    if (reached.contains(method) && search.of(method) == null) {
      refusals.add(has + "no @Transactional", "add it, or take the annotation away");
    }
  }

  /** One that is of another interface of the target is for another proxy. */
  private void checkReached(Method method, String has) {
    boolean isFinalOfClass = TargetClass.is(method, Modifier.FINAL) && !type.isInterface();
    if (reached.contains(method)
        || isFinalOfClass
        || !target.implementing(method).equals(method)
        || target.interfaces().stream().anyMatch(each -> target.has(each, method))) {
      return;
    }
    refusals.add(
        has + "is no method of " + type.getName() + ", so that no caller of the proxy reaches it",
        "add it there, or give a type that has it");
  }

  private void requireOne() {
    if (refusals.isEmpty() && transactions.values().stream().allMatch(Objects::isNull)) {
      refusals.add(
          "no method of it is annotated with @Transactional, so that a proxy would do nothing",
          "annotate a method, the class or the interface");
    }
  }
}
