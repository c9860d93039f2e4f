package dev.handfast.xa.transactional.internal;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the type variables of the superclasses and interfaces of one class stand for in it. */
final class TypeArguments {

  private final Map<TypeVariable<?>, Type> bound = new HashMap<>();

  TypeArguments(Class<?> type) {
    bind(type);
  }

  private void bind(Class<?> type) {
    bind(type.getGenericSuperclass());
    Arrays.stream(type.getGenericInterfaces()).forEach(this::bind);
  }

  private void bind(@Nullable Type above) {
    if (above instanceof ParameterizedType given && given.getRawType() instanceof Class<?> raw) {
      TypeVariable<?>[] variables = raw.getTypeParameters();
      for (int i = 0; i < variables.length; i++) {
        bound.put(variables[i], given.getActualTypeArguments()[i]);
      }
      bind(raw);
    } else if (above instanceof Class<?> raw) {
      bind(raw);
    }
  }

  /** Whether two methods take the same parameters in this class. */
  boolean sameParameters(Method one, Method other) {
    return one.getName().equals(other.getName())
        && one.getParameterCount() == other.getParameterCount()
        && Arrays.equals(parameters(one), parameters(other));
  }

  private Class<?>[] parameters(Method method) {
    return Arrays.stream(method.getGenericParameterTypes())
        .map(this::erased)
        .toArray(Class<?>[]::new);
  }

  private Class<?> erased(Type type) {
    if (type instanceof Class<?> known) {
      return known;
    }
    if (type instanceof ParameterizedType given) {
      return erased(given.getRawType());
    }
    if (type instanceof GenericArrayType array) {
      return erased(array.getGenericComponentType()).arrayType();
    }
    if (type instanceof TypeVariable<?> variable) {
      Type known = bound.get(variable);
      return erased(known == null ? variable.getBounds()[0] : known);
    }
    return erased(((WildcardType) type).getUpperBounds()[0]);
  }
}
