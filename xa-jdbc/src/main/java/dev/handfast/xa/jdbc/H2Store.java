package dev.handfast.xa.jdbc;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** The one thing of H2's store that its SQL does not tell. */
final class H2Store {

  private static final String CONNECTION = "org.h2.jdbc.JdbcConnection";

  private H2Store() {}

  /**
   * When the store was made, milliseconds of the epoch in hexadecimal; empty if this H2 does not
   * tell. H2's file itself must not be read: closing it would release H2's lock.
   */
  static String created(Connection connection) throws SQLException {
    try {
      Class<?> type = Class.forName(CONNECTION, false, H2Store.class.getClassLoader());
      Object session = call(connection.unwrap(type), "getSession");
      Object store = call(call(session, "getDatabase"), "getStore");
      Object header = call(call(store, "getMvStore"), "getStoreHeader");
      Object created = ((Map<?, ?>) header).get("created");
      return created instanceof Long millis ? Long.toHexString(millis) : String.valueOf(created);
    } catch (ReflectiveOperationException | ClassCastException e) {
      return "";
    }
  }

  private static Object call(Object target, String name) throws ReflectiveOperationException {
    Method method = target.getClass().getMethod(name);
    Object answer = method.invoke(target);
    if (answer == null) {
      throw new NoSuchMethodException(name + " answers nothing");
    }
    return answer;
  }
}
