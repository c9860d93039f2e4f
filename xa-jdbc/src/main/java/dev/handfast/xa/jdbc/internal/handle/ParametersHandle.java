package dev.handfast.xa.jdbc.internal.handle;

import dev.handfast.xa.jdbc.internal.handle.forward.Forwarding;
import dev.handfast.xa.jdbc.internal.handle.forward.Origin;
import java.sql.ParameterMetaData;
import java.sql.SQLException;

/**
 * Is the description of parameters that the application holds. A driver may ask the database for
 * it.
 */
final class ParametersHandle extends Forwarding<ParameterMetaData> implements ParameterMetaData {

  ParametersHandle(ParameterMetaData target, Origin origin) {
    super(target, origin);
  }

  @Override
  protected void check() throws SQLException {
    use().checkThread();
  }

  @Override
  public int getParameterCount() throws SQLException {
    return call(() -> target().getParameterCount());
  }

  @Override
  public int isNullable(int param) throws SQLException {
    return call(() -> target().isNullable(param));
  }

  @Override
  public boolean isSigned(int param) throws SQLException {
    return call(() -> target().isSigned(param));
  }

  @Override
  public int getPrecision(int param) throws SQLException {
    return call(() -> target().getPrecision(param));
  }

  @Override
  public int getScale(int param) throws SQLException {
    return call(() -> target().getScale(param));
  }

  @Override
  public int getParameterType(int param) throws SQLException {
    return call(() -> target().getParameterType(param));
  }

  @Override
  public String getParameterTypeName(int param) throws SQLException {
    return call(() -> target().getParameterTypeName(param));
  }

  @Override
  public String getParameterClassName(int param) throws SQLException {
    return call(() -> target().getParameterClassName(param));
  }

  @Override
  public int getParameterMode(int param) throws SQLException {
    return call(() -> target().getParameterMode(param));
  }
}
