package dev.handfast.xa.jdbc.internal.recover;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.BiConsumer;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;

/** A data source, its connections and their XAResources, each call on which is told afterwards. */
final class Intercepted {

  private Intercepted() {}

  /**
   * @param after takes the name of a method and what it returned
   */
  static <T> T of(Class<T> type, Object real, BiConsumer<String, Object> after) {
    InvocationHandler handler = (proxy, method, args) -> call(real, method, args, after);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object call(
      Object real, Method method, Object[] args, BiConsumer<String, Object> after)
      throws Throwable {
    try {
      Object result = method.invoke(real, args);
      after.accept(method.getName(), result);
      Class<?> type = method.getReturnType();
      return type == XAConnection.class || type == XAResource.class || type == XADataSource.class
          ? of(type, result, after)
          : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
