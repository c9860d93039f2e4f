package dev.handfast.xa.jdbc.internal.handle;

import dev.handfast.xa.jdbc.internal.handle.forward.Forwarding;
import dev.handfast.xa.jdbc.internal.handle.forward.Origin;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.Map;

/** Is a structured value that the application holds. */
final class StructHandle extends Forwarding<Struct> implements Struct {

  StructHandle(Struct target, Origin origin) {
    super(target, origin);
  }

  @Override
  public String getSQLTypeName() throws SQLException {
    return call(() -> target().getSQLTypeName());
  }

  @Override
  public Object[] getAttributes() throws SQLException {
    return reach(() -> target().getAttributes());
  }

  @Override
  public Object[] getAttributes(Map<String, Class<?>> map) throws SQLException {
    return reach(() -> target().getAttributes(map));
  }
}
