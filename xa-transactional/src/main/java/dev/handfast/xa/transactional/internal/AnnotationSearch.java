package dev.handfast.xa.transactional.internal;

import dev.handfast.xa.transactional.Label;
import dev.handfast.xa.transactional.Timeout;
import jakarta.transaction.Transactional;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is annotated: on the method whose code runs, on the class of the target, which
 * inherits from its superclasses, and, where these say nothing, on the method of an interface, and
 * then on that interface. Of interfaces, that of the proxy comes first, then those nearest to the
 * class.
 */
final class AnnotationSearch {

  private final TargetClass target;
  private final Set<Class<?>> interfaces = new LinkedHashSet<>();

  AnnotationSearch(TargetClass target, Class<?> proxied) {
    this.target = target;
    if (proxied.isInterface()) {
      interfaces.add(proxied);
      interfaces.addAll(TargetClass.interfaces(proxied));
    }
    interfaces.addAll(target.interfaces());
  }

  /** In the order in which they count. */
  Set<Class<?>> interfaces() {
    return interfaces;
  }

  /** What counts for the method whose code runs; null if it is not transactional. */
  @Nullable MethodAnnotations of(Method implementing) {
    Transactional transactional = find(Transactional.class, implementing);
    return transactional == null
        ? null
        : new MethodAnnotations(
            transactional, find(Timeout.class, implementing), find(Label.class, implementing));
  }

  private <A extends Annotation> @Nullable A find(Class<A> annotation, Method implementing) {
    return Stream.<Supplier<@Nullable A>>of(
            () -> implementing.getAnnotation(annotation),
            () -> target.type().getAnnotation(annotation),
            () -> ofInterfaceMethod(annotation, implementing),
            () -> ofInterface(annotation, implementing))
        .map(Supplier::get)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private <A extends Annotation> @Nullable A ofInterfaceMethod(Class<A> annotation, Method method) {
    return interfaces.stream()
        .flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
        .filter(each -> !each.isBridge() && target.sameParameters(each, method))
        .flatMap(each -> Optional.ofNullable(each.getAnnotation(annotation)).stream())
        .findFirst()
        .orElse(null);
  }

  private <A extends Annotation> @Nullable A ofInterface(Class<A> annotation, Method method) {
    return interfaces.stream()
        .filter(each -> each.isAnnotationPresent(annotation) && target.has(each, method))
        .flatMap(each -> Optional.ofNullable(each.getAnnotation(annotation)).stream())
        .findFirst()
        .orElse(null);
  }
}
