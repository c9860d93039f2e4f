package dev.handfast.xa.jdbc.internal.handle;

import dev.handfast.xa.jdbc.internal.branch.ConnectionUse;
import dev.handfast.xa.jdbc.internal.handle.forward.Origin;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Struct;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes the handles of what is reached from a connection or a statement.
 *
 * @param connection the application's handle
 * @param statement the pool's statement, null if it is reached from the connection
 * @param handle the application's handle of the statement
 */
record Reach(
    ConnectionUse use,
    Connection connection,
    @Nullable Statement statement,
    @Nullable Statement handle)
    implements Origin {

  static Origin from(ConnectionUse use, Connection connection) {
    return new Reach(use, connection, null, null);
  }

  @Override
  public Origin from(Statement reached, Statement its) {
    return new Reach(use, connection, reached, its);
  }

  @Override
  public <R extends @Nullable Object> R reached(R answer) {
    // Numbers, texts and moments, which are by far the most.
    if (answer == null || answer instanceof Comparable<?>) {
      return answer;
    }
    @SuppressWarnings("unchecked")
    R handle = (R) handleOf(answer);
    return handle;
  }

  private Object handleOf(Object answer) {
    if (answer instanceof ResultSet rows) {
      return new ResultSetHandle(rows, this);
    }
    if (answer instanceof Statement made) {
      return StatementHandle.of(made, this, "");
    }
    if (answer instanceof DatabaseMetaData data) {
      return new MetaDataHandle(data, this);
    }
    if (answer instanceof ResultSetMetaData columns) {
      return new ColumnsHandle(columns, this);
    }
    if (answer instanceof ParameterMetaData parameters) {
      return new ParametersHandle(parameters, this);
    }
    if (answer instanceof Connection) {
      return connection;
    }
    return valueOf(answer);
  }

  private Object valueOf(Object answer) {
    if (answer instanceof Blob blob) {
      return new BlobHandle(blob, this);
    }
    if (answer instanceof Clob clob) {
      return clob instanceof NClob
          ? new ClobHandle.National(clob, this)
          : new ClobHandle(clob, this);
    }
    if (answer instanceof Array array) {
      return new ArrayHandle(array, this);
    }
    if (answer instanceof SQLXML xml) {
      return new XmlHandle(xml, this);
    }
    if (answer instanceof Struct struct) {
      return new StructHandle(struct, this);
    }
    if (answer instanceof Ref ref) {
      return new RefHandle(ref, this);
    }
    return answer instanceof Object[] elements ? allOf(elements) : streamOf(answer);
  }

  private Object[] allOf(Object[] elements) {
    Object[] handles = elements.clone();
    Arrays.setAll(handles, i -> this.<@Nullable Object>reached(elements[i]));
    return handles;
  }

  private Object streamOf(Object answer) {
    if (answer instanceof InputStream bytes) {
      return new HandleInputStream(bytes, use);
    }
    if (answer instanceof Reader text) {
      return new HandleReader(text, use);
    }
    if (answer instanceof OutputStream bytes) {
      return new HandleOutputStream(bytes, use);
    }
    return answer instanceof Writer text ? new HandleWriter(text, use) : answer;
  }
}
