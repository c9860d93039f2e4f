package dev.handfast.xa.jdbc.internal.handle;

import dev.handfast.xa.jdbc.internal.branch.ConnectionUse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.Wrapper;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Passes the calls of the application on to what the pool gave. All handles of the application have
 * this in common, so that each of their calls tells when the use of its connection is over.
 */
abstract class JdbcHandle implements InvocationHandler {

  private static final String JDBC = "java.sql";

  private final Object target;
  private final ConnectionUse use;

  JdbcHandle(Object target, ConnectionUse use) {
    this.target = target;
    this.use = use;
  }

  static <T> T proxy(Class<T> type, JdbcHandle handle) {
    return type.cast(
        Proxy.newProxyInstance(JdbcHandle.class.getClassLoader(), new Class<?>[] {type}, handle));
  }

  @Override
  public final @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
      throws Throwable {
    Object[] given = args == null ? new Object[0] : args;
    return switch (method.getName()) {
      case "equals" -> proxy == given[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "toString" -> target.toString();
      case "unwrap" -> unwrap(proxy, (Class<?>) given[0]);
      case "isWrapperFor" -> isWrapperFor(proxy, (Class<?>) given[0]);
      default -> call(proxy, method, given);
    };
  }

  abstract @Nullable Object call(Object proxy, Method method, Object[] args) throws SQLException;

  final ConnectionUse use() {
    return use;
  }

  /** Passes the call on. */
  final @Nullable Object pass(Method method, Object[] args) throws SQLException {
    return use.call(() -> passed(method, args), () -> givenBack(method));
  }

  /** The pool has closed what it took back. */
  private @Nullable Object givenBack(Method method) throws SQLException {
    return switch (method.getName()) {
      case "close" -> null;
      case "isClosed" -> true;
      default -> throw use.givenBack();
    };
  }

  private @Nullable Object passed(Method method, Object[] args) throws SQLException {
    try {
      return method.invoke(target, withoutHandles(args));
    } catch (InvocationTargetException e) {
      throw rethrown(Objects.requireNonNull(e.getCause(), "cause"));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method + " cannot be called", e);
    }
  }

  /** Whether a method leads to something else that talks to the database. */
  static boolean leadsOn(Method method) {
    Class<?> type = method.getReturnType();
    return type.isInterface() && type.getPackageName().equals(JDBC);
  }

  /** Drivers take only what they made themselves. */
  private static Object[] withoutHandles(Object[] args) {
    for (int i = 0; i < args.length; i++) {
      if (args[i] instanceof Proxy proxy
          && Proxy.getInvocationHandler(proxy) instanceof JdbcHandle handle) {
        Object[] bare = args.clone();
        bare[i] = handle.target;
        return withoutHandles(bare);
      }
    }
    return args;
  }

  private static SQLException rethrown(Throwable cause) {
    if (cause instanceof SQLException failure) {
      return failure;
    }
    if (cause instanceof RuntimeException failure) {
      throw failure;
    }
    if (cause instanceof Error failure) {
      throw failure;
    }
    return new SQLException(cause);
  }

  private @Nullable Object unwrap(Object proxy, Class<?> type) throws SQLException {
    if (type.isInstance(proxy)) {
      return proxy;
    }
    use().rememberBranch();
    use().noteDriver();
    return ((Wrapper) target).unwrap(type);
  }

  private boolean isWrapperFor(Object proxy, Class<?> type) throws SQLException {
    return type.isInstance(proxy) || ((Wrapper) target).isWrapperFor(type);
  }
}
