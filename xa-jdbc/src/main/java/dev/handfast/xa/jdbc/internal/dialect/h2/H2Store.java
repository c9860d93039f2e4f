package dev.handfast.xa.jdbc.internal.dialect.h2;

import dev.handfast.xa.jdbc.internal.settings.JdbcLog;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Reads from H2's store what its SQL does not tell, and mends in it what its SQL does not mend. */
final class H2Store {

  private static final String CONNECTION = "org.h2.jdbc.JdbcConnection";
  private static final String PREPARED = "openTransactions";

  private H2Store() {}

  /**
   * Answers when the store was made, in milliseconds of the epoch in hexadecimal; empty if this H2
   * does not tell. H2's file itself must not be read: closing it would release H2's lock.
   */
  static String created(Connection connection) throws SQLException {
    try {
      Object header = call(store(connection), "getStoreHeader");
      Object created = ((Map<?, ?>) header).get("created");
      return created instanceof Long millis ? Long.toHexString(millis) : String.valueOf(created);
    } catch (ReflectiveOperationException | ClassCastException e) {
      return "";
    }
  }

  /**
   * Removes the names of branches that are finished from H2's list of prepared transactions. H2
   * leaves there the names of branches that were finished after a restart. After another kill,
   * whatever the next transaction with the same number had left undone would be in doubt under that
   * name. No branch may be voting meanwhile.
   *
   * @param inDoubt the names of those that are not finished
   */
  static void forgetFinished(Connection connection, Set<String> inDoubt) throws SQLException {
    try {
      Object store = store(connection);
      Method openMap = store.getClass().getMethod("openMap", String.class);
      Map<?, ?> prepared = (Map<?, ?>) openMap.invoke(store, PREPARED);
      new HashMap<Object, Object>(prepared)
          .forEach(
              (number, stateAndName) -> {
                if (!inDoubt.contains(String.valueOf(((Object[]) stateAndName)[1]))) {
                  prepared.remove(number, stateAndName);
                }
              });
    } catch (ReflectiveOperationException | RuntimeException e) {
      JdbcLog.debug("", "H2's list of prepared transactions is not as it was: " + e);
    }
  }

  private static Object store(Connection connection)
      throws SQLException, ReflectiveOperationException {
    Class<?> type = Class.forName(CONNECTION, false, H2Store.class.getClassLoader());
    Object session = call(connection.unwrap(type), "getSession");
    return call(call(call(session, "getDatabase"), "getStore"), "getMvStore");
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
