package dev.handfast.xa.transactional.internal;

import java.lang.reflect.Method;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Results that come after a method has returned, when its transaction is over. They are known by
 * name, because none of these libraries need be there.
 */
final class AsynchronousTypes {

  private static final Set<String> NAMES =
      Set.of(
          "java.util.concurrent.CompletionStage",
          "java.util.concurrent.Future",
          "java.util.concurrent.Flow$Publisher",
          "org.reactivestreams.Publisher",
          "io.smallrye.mutiny.Uni",
          "io.smallrye.mutiny.Multi",
          "io.reactivex.rxjava3.core.Single",
          "io.reactivex.rxjava3.core.Maybe",
          "io.reactivex.rxjava3.core.Completable",
          "io.reactivex.rxjava3.core.Observable",
          "io.reactivex.Single",
          "io.reactivex.Maybe",
          "io.reactivex.Completable",
          "io.reactivex.Observable",
          "kotlinx.coroutines.flow.Flow");

  private static final String KOTLINS_SUSPENDED_CALL = "kotlin.coroutines.Continuation";

  private AsynchronousTypes() {}

  /** The name of the type by which a method returns before its work is done, or null. */
  static @Nullable String of(Method method) {
    Class<?>[] parameters = method.getParameterTypes();
    if (parameters.length > 0
        && parameters[parameters.length - 1].getName().equals(KOTLINS_SUSPENDED_CALL)) {
      return KOTLINS_SUSPENDED_CALL;
    }
    return among(method.getReturnType());
  }

  private static @Nullable String among(@Nullable Class<?> type) {
    if (type == null || NAMES.contains(type.getName())) {
      return type == null ? null : type.getName();
    }
    for (Class<?> each : type.getInterfaces()) {
      String found = among(each);
      if (found != null) {
        return found;
      }
    }
    return among(type.getSuperclass());
  }
}
