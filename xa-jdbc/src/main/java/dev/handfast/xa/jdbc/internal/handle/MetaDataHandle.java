package dev.handfast.xa.jdbc.internal.handle;

import dev.handfast.xa.jdbc.internal.handle.forward.ForwardingMetaData;
import dev.handfast.xa.jdbc.internal.handle.forward.Origin;
import java.sql.Connection;
import java.sql.DatabaseMetaData;

/** Is the description of the database that the application holds. */
final class MetaDataHandle extends ForwardingMetaData {

  MetaDataHandle(DatabaseMetaData target, Origin origin) {
    super(target, origin);
  }

  @Override
  public Connection getConnection() {
    return origin().connection();
  }
}
