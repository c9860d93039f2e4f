package dev.handfast.xa.jdbc.internal.handle;

import dev.handfast.xa.jdbc.fixture.Shop;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.transform.Result;
import javax.xml.transform.Source;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;

/** Goes from handle to handle by reflection over java.sql, inside one transaction. */
final class HandleWalk {

  static final List<Class<?>> TYPES =
      List.of(
          Connection.class,
          Statement.class,
          PreparedStatement.class,
          CallableStatement.class,
          ResultSet.class,
          DatabaseMetaData.class,
          ResultSetMetaData.class,
          ParameterMetaData.class,
          Array.class,
          Blob.class,
          Clob.class,
          NClob.class,
          SQLXML.class,
          Struct.class,
          Ref.class);

  /** Answer what leads on, or may. */
  private static final Set<Class<?>> LEADING =
      Set.of(
          InputStream.class,
          OutputStream.class,
          Reader.class,
          Writer.class,
          Object.class,
          Object[].class,
          Source.class,
          Result.class);

  private static final Map<Class<?>, Class<?>> HANDLES =
      Map.ofEntries(
          Map.entry(Connection.class, ConnectionHandle.class),
          Map.entry(Statement.class, StatementHandle.class),
          Map.entry(PreparedStatement.class, StatementHandle.class.getDeclaredClasses()[0]),
          Map.entry(ResultSet.class, ResultSetHandle.class),
          Map.entry(DatabaseMetaData.class, MetaDataHandle.class),
          Map.entry(ResultSetMetaData.class, ColumnsHandle.class),
          Map.entry(ParameterMetaData.class, ParametersHandle.class),
          Map.entry(Array.class, ArrayHandle.class),
          Map.entry(Blob.class, BlobHandle.class),
          Map.entry(Clob.class, ClobHandle.class),
          Map.entry(NClob.class, ClobHandle.National.class),
          Map.entry(SQLXML.class, XmlHandle.class),
          Map.entry(Struct.class, StructHandle.class),
          Map.entry(Ref.class, RefHandle.class));

  private static final List<Class<?>> ASKED_FOR =
      List.of(
          Object.class,
          Blob.class,
          Clob.class,
          NClob.class,
          Array.class,
          SQLXML.class,
          ResultSet.class,
          InputStream.class,
          Reader.class,
          StreamSource.class,
          DOMSource.class,
          StreamResult.class);

  private static final String CALL = "{? = call array_append(ARRAY[1], ?)}";

  private final Connection connection;
  private final String query;
  private final String table;
  private final Set<String> seen = new HashSet<>();
  private final Map<String, Set<String>> answers = new TreeMap<>();
  private final List<String> foreign = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();

  /** What the methods answered, each counted once. */
  record Answers(
      int asked, int handles, int values, int nothing, List<String> foreign, List<String> lost) {}

  HandleWalk(Connection connection, Shop.Kind kind) {
    this.connection = connection;
    this.table = kind == Shop.Kind.H2 ? "THINGS" : "things";
    this.query =
        kind == Shop.Kind.H2
            ? "SELECT id, pixels, title, tags, doc, ROW(id, tags) AS pair FROM things"
            : "SELECT id, pixels, title, tags, doc, rows_of_things() AS pair FROM things";
  }

  static List<String> tables(Shop.Kind kind) {
    return kind == Shop.Kind.H2
        ? List.of(
            "CREATE TABLE things(id INT PRIMARY KEY, pixels BLOB, title CLOB, tags INT ARRAY,"
                + " doc VARCHAR)",
            "INSERT INTO things VALUES(1, X'01', 'title', ARRAY[1, 2], '<a/>')")
        : List.of(
            "CREATE TABLE things(id INT PRIMARY KEY, pixels OID, title OID, tags INT[], doc XML)",
            "INSERT INTO things VALUES(1, lo_from_bytea(0, 'x'), lo_from_bytea(0, 'title'),"
                + " ARRAY[1, 2], '<a/>')",
            "CREATE FUNCTION rows_of_things() RETURNS refcursor LANGUAGE plpgsql AS"
                + " 'DECLARE c refcursor; BEGIN OPEN c FOR SELECT 1; RETURN c; END'");
  }

  static Class<?> handleOf(Class<?> type) {
    if (type == CallableStatement.class || type == PreparedStatement.class) {
      return Stream.of(StatementHandle.class.getDeclaredClasses())
          .filter(
              each ->
                  CallableStatement.class.isAssignableFrom(each)
                      == (type != PreparedStatement.class))
          .findFirst()
          .orElseThrow();
    }
    return HANDLES.get(type);
  }

  static boolean isOurs(Class<?> type) {
    return type.getPackageName().startsWith(HandleWalk.class.getPackageName());
  }

  /** No database here has shards; the interface refuses them by itself. */
  static boolean isSharding(Method method) {
    return method.getName().startsWith("setShardingKey");
  }

  /** The methods of a type of its own that answer another object. */
  static Stream<Method> leading(Class<?> type) {
    return Stream.of(type.getMethods())
        .filter(method -> method.getDeclaringClass() == type || isWrapper(method))
        .filter(method -> leads(method.getReturnType()))
        .filter(
            method -> !isWrapper(method) || type.getInterfaces()[0] == method.getDeclaringClass());
  }

  private static boolean isWrapper(Method method) {
    return method.getDeclaringClass() == java.sql.Wrapper.class;
  }

  private static boolean leads(Class<?> type) {
    return LEADING.contains(type)
        || (type.isInterface() && type.getPackageName().equals("java.sql"));
  }

  Answers answers() {
    int handles = 0;
    int values = 0;
    int nothing = 0;
    for (Set<String> kinds : answers.values()) {
      if (kinds.contains("handle")) {
        handles++;
      } else if (kinds.contains("value")) {
        values++;
      } else {
        nothing++;
      }
    }
    return new Answers(answers.size(), handles, values, nothing, foreign, lost);
  }

  /** Calls all that leads on from a handle, and goes there. */
  void from(Class<?> type, Object handle, String path) throws Exception {
    if (!seen.add(type.getSimpleName() + path.replaceAll(".*\\.", "."))) {
      return;
    }
    if (handle instanceof ResultSet rows && !rows.next()) {
      return;
    }
    if (handle instanceof CallableStatement call) {
      call.registerOutParameter(1, Types.ARRAY);
      call.setInt(2, 2);
      call.execute();
    }
    leadsBack(handle, path);
    for (Method method : inOrder(type)) {
      if (leads(method.getReturnType()) && !isWrapper(method)) {
        for (Object[] args : arguments(handle, method)) {
          call(type, handle, method, args, path);
        }
      }
    }
  }

  /** What leads back comes last: to execute again would close the rows. */
  private static List<Method> inOrder(Class<?> type) {
    return Stream.of(type.getMethods())
        .sorted(
            Comparator.comparing((Method method) -> method.getName().equals("getStatement"))
                .thenComparing(method -> method.getName().startsWith("execute"))
                .thenComparing(HandleWalk::signature))
        .toList();
  }

  private void call(Class<?> type, Object handle, Method method, Object[] args, String path)
      throws Exception {
    String name = method.getDeclaringClass().getSimpleName() + "." + signature(method);
    Set<String> kinds = answers.computeIfAbsent(name, key -> new TreeSet<>());
    Savepoint before = connection.setSavepoint();
    Object answer;
    try {
      // XML is read or written once.
      answer =
          method.invoke(handle instanceof SQLXML && isNew(path) ? fresh(method) : handle, args);
    } catch (InvocationTargetException e) {
      // Not offered by the driver, or not for this column.
      connection.rollback(before);
      return;
    }
    String next = path + "." + method.getName();
    for (Object each : parts(answer)) {
      if (each == null) {
        continue;
      }
      Class<?> leadsTo = typeOf(each);
      kinds.add(isOurs(each.getClass()) ? "handle" : "value");
      if (isForeign(each)) {
        foreign.add(type.getSimpleName() + " " + next + ": " + each.getClass().getName());
      } else if (leadsTo != null && each != connection) {
        from(leadsTo, each, next);
      }
    }
  }

  private static boolean isNew(String path) {
    return path.endsWith(".createSQLXML");
  }

  private SQLXML fresh(Method method) throws SQLException {
    SQLXML xml = connection.createSQLXML();
    if (method.getName().startsWith("get")) {
      xml.setString("<a/>");
    }
    return xml;
  }

  private static String signature(Method method) {
    return method.getName() + List.of(method.getParameterTypes());
  }

  /** What a driver or the pool made, but for values that are java's own or lead nowhere. */
  private static boolean isForeign(Object answer) {
    String home = answer.getClass().getPackageName();
    boolean made =
        home.startsWith("org.h2")
            || home.startsWith("org.postgresql")
            || home.startsWith("io.agroal");
    return made && (typeOf(answer) != null || isStream(answer));
  }

  private static boolean isStream(Object answer) {
    return answer instanceof InputStream
        || answer instanceof OutputStream
        || answer instanceof Reader
        || answer instanceof Writer;
  }

  private static Class<?> typeOf(Object answer) {
    for (Class<?> type : List.of(CallableStatement.class, PreparedStatement.class, NClob.class)) {
      if (type.isInstance(answer)) {
        return type;
      }
    }
    return TYPES.stream().filter(type -> type.isInstance(answer)).findFirst().orElse(null);
  }

  private static List<Object> parts(Object answer) {
    var parts = new ArrayList<Object>();
    parts.add(answer);
    if (answer instanceof Object[] elements) {
      parts.addAll(List.of(elements));
    } else if (answer instanceof StreamSource source) {
      parts.add(source.getInputStream());
      parts.add(source.getReader());
    } else if (answer instanceof StreamResult result) {
      parts.add(result.getOutputStream());
      parts.add(result.getWriter());
    }
    return parts;
  }

  private void leadsBack(Object handle, String path) throws SQLException {
    if (handle instanceof Statement statement && statement.getConnection() != connection) {
      lost.add(path + ".getConnection");
    }
    if (handle instanceof DatabaseMetaData data && data.getConnection() != connection) {
      lost.add(path + ".getConnection");
    }
    if (handle instanceof ResultSet rows
        && rows.getStatement() != null
        && rows.getStatement().getConnection() != connection) {
      lost.add(path + ".getStatement");
    }
  }

  /** The arguments to try a method with. */
  private List<Object[]> arguments(Object handle, Method method) {
    List<Object[]> tries = List.<Object[]>of(new Object[0]);
    Class<?>[] types = method.getParameterTypes();
    for (int i = 0; i < types.length; i++) {
      var longer = new ArrayList<Object[]>();
      for (Object[] each : tries) {
        for (Object candidate : candidates(handle, method, types[i], i)) {
          Object[] args = Arrays.copyOf(each, i + 1);
          args[i] = candidate;
          longer.add(args);
        }
      }
      tries = longer;
    }
    return tries;
  }

  private List<Object> candidates(Object handle, Method method, Class<?> type, int index) {
    if (type == int.class) {
      return handle instanceof ResultSet && index == 0
          ? List.of(2, 3, 4, 5, 6, 1)
          : List.of(numbers(method, index));
    }
    if (type == String.class) {
      return texts(handle, method, index);
    }
    if (type == long.class) {
      return List.of(1L);
    }
    if (type == boolean.class) {
      return List.of(false);
    }
    if (type == Class.class) {
      return List.copyOf(ASKED_FOR);
    }
    if (type == Map.class) {
      return List.of(Map.of());
    }
    return values(method, type);
  }

  private static Object numbers(Method method, int index) {
    boolean kindOfStatement =
        method.getDeclaringClass() == Connection.class && method.getParameterCount() > 1;
    if (!kindOfStatement) {
      return 1;
    }
    int first = method.getName().equals("createStatement") ? 0 : 1;
    int[] kinds = {
      ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, ResultSet.CLOSE_CURSORS_AT_COMMIT
    };
    return method.getParameterCount() == 2 && first == 1
        ? Statement.RETURN_GENERATED_KEYS
        : kinds[index - first];
  }

  private List<Object> texts(Object handle, Method method, int index) {
    if (handle instanceof ResultSet) {
      return List.of("id", "pixels", "title", "tags", "doc", "pair");
    }
    if (method.getName().equals("createArrayOf")) {
      return List.of("INTEGER", "int4");
    }
    if (method.getName().equals("createStruct") || method.getName().equals("setSavepoint")) {
      return List.of("item");
    }
    if (handle instanceof DatabaseMetaData) {
      return index % 3 == 2 ? List.of(table) : Arrays.asList((Object) null);
    }
    return method.getName().equals("prepareCall") ? List.of(CALL) : List.of(query);
  }

  private static List<Object> values(Method method, Class<?> type) {
    if (type == Object[].class) {
      return List.<Object>of((Object) new Object[] {1, 2});
    }
    if (type == String[].class && method.getName().equals("prepareStatement")) {
      return List.<Object>of((Object) new String[] {"id"});
    }
    if (type == int[].class && method.getName().equals("prepareStatement")) {
      return List.<Object>of((Object) new int[] {1});
    }
    return Arrays.asList((Object) null);
  }
}
