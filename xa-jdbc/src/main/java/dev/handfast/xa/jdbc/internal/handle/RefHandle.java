package dev.handfast.xa.jdbc.internal.handle;

import dev.handfast.xa.jdbc.internal.handle.forward.Forwarding;
import dev.handfast.xa.jdbc.internal.handle.forward.Origin;
import java.sql.Ref;
import java.sql.SQLException;
import java.util.Map;

/** Is a reference to a row that the application holds. */
final class RefHandle extends Forwarding<Ref> implements Ref {

  RefHandle(Ref target, Origin origin) {
    super(target, origin);
  }

  @Override
  public String getBaseTypeName() throws SQLException {
    return call(() -> target().getBaseTypeName());
  }

  @Override
  public Object getObject(Map<String, Class<?>> map) throws SQLException {
    return reach(() -> target().getObject(map));
  }

  @Override
  public Object getObject() throws SQLException {
    return reach(() -> target().getObject());
  }

  @Override
  public void setObject(Object value) throws SQLException {
    run(() -> target().setObject(bare(value)));
  }
}
